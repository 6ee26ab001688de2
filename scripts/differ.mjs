// `npm run differ KIND [COUNT [FIRST]]`: random projects and commands, with Meson and with kaon.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundle } from './bundle.mjs';

const root = resolve(import.meta.dirname, '..');
const outfile = join(root, 'node_modules/.cache/differ/main.mjs');

await bundle();
await build({
  entryPoints: [join(root, 'test/differ/main.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  logLevel: 'warning',
});
const { differ } = await import(pathToFileURL(outfile).href);
process.exit(differ(root, process.argv.slice(2)));
