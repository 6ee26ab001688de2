// Tools for developers that are written with the tests: `test/NAME/main.ts` in one file.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = resolve(import.meta.dirname, '..');

/**
 * What the tool of a name exports, and the file that it stands in.
 * @param {string} name
 */
export async function testTool(name) {
  const outfile = join(root, 'node_modules/.cache', name, 'main.mjs');
  await build({
    entryPoints: [join(root, 'test', name, 'main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
    // Packages that are bundled may be of the kind that asks for others by `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  return { outfile, exported: await import(pathToFileURL(outfile).href) };
}
