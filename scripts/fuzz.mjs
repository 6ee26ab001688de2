// `npm run fuzz [COUNT [SEED [ONLY]]]`: build files with mistakes, through parser, formatter and evaluator.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const outfile = join(root, 'node_modules/.cache/fuzz/main.mjs');

await build({
  entryPoints: [join(root, 'test/fuzz/main.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  logLevel: 'warning',
});
const { fuzz } = await import(pathToFileURL(outfile).href);
process.exit(await fuzz(process.argv.slice(2), outfile));
