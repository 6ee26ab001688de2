// `npm run oracle [NAME…]`: compares what kaon makes of Cargo packages with what Cargo makes of them.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const outfile = join(root, 'node_modules/.cache/oracle/main.mjs');

await build({
  entryPoints: [join(root, 'test/oracle/main.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
});
const { oracle } = await import(pathToFileURL(outfile).href);
process.exit(await oracle(root, process.argv.slice(2)));
