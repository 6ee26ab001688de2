// `npm run build`: makes dist/kaon.js, all of kaon in one file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Bundles kaon. Nothing of this machine gets into the result: the same sources give the same file. */
export async function bundle() {
  const { build } = await import('esbuild');
  mkdirSync(resolve(root, 'dist'), { recursive: true });
  // Node starts a CommonJS file faster than a module.
  writeFileSync(resolve(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
  // What the launcher answers without starting node.
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
  writeFileSync(resolve(root, 'dist/version'), `${version}\n`);
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/kaon.js',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: {
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      'import.meta.url': 'bundleUrl',
    },
    banner: {
      js: [
        "'use strict';",
        "if (Number.parseInt(process.versions.node, 10) < 20) { console.error('kaon needs node 20.19 or newer; this is ' + process.version); process.exit(1); }",
        "const bundleUrl = 'file://' + encodeURI(__filename);",
      ].join('\n'),
    },
  });
}

if (process.argv[1] === import.meta.filename) await bundle();
