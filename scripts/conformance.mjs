// `npm run conformance [CATEGORY…]`: builds kaon and runs Meson's own project tests with it.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundle } from './bundle.mjs';

const root = resolve(import.meta.dirname, '..');
const outfile = join(root, 'node_modules/.cache/conformance/main.mjs');

await bundle();
await build({
  entryPoints: [join(root, 'test/conformance/main.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
});
const { conformance } = await import(pathToFileURL(outfile).href);
process.exit(conformance(root, process.argv.slice(2)));
