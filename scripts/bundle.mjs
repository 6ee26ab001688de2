// `npm run build`: makes dist/kaon.js, which Node starts, and dist/main.js, all of kaon in one file.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Bundles kaon. Nothing of this machine gets into the result: the same sources give the same file. */
export async function bundle() {
  const { build } = await import('esbuild');
  mkdirSync(resolve(root, 'dist'), { recursive: true });
  // Node starts a CommonJS file faster than a module.
  writeChanged(resolve(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
  // What the launcher answers without starting node.
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
  writeChanged(resolve(root, 'dist/version'), `${version}\n`);
  const options = {
    absWorkingDir: root,
    bundle: true,
    platform: /** @type {const} */ ('node'),
    target: 'node20',
    format: /** @type {const} */ ('cjs'),
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: /** @type {const} */ ('none'),
    logLevel: /** @type {const} */ ('warning'),
    // A script that comes from a code cache cannot import, only require.
    supported: { 'dynamic-import': false },
    write: /** @type {const} */ (false),
    define: {
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      'import.meta.url': 'bundleUrl',
    },
  };
  const old =
    "if (Number.parseInt(process.versions.node, 10) < 20) { console.error('kaon needs node 20.19 or newer; this is ' + process.version); process.exit(1); }";
  const entry = await build({
    ...options,
    entryPoints: ['src/cli/entry.ts'],
    outfile: 'dist/kaon.js',
    banner: { js: `'use strict';\n${old}` },
  });
  const main = await build({
    ...options,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/main.js',
    banner: { js: "'use strict';\nconst bundleUrl = 'file://' + encodeURI(__filename);" },
  });
  // The part of kaon that a build needs after a few changes, for itself, as Node reads it sooner.
  const quick = await build({
    ...options,
    entryPoints: ['src/cli/quick.ts'],
    outfile: 'dist/quick.js',
    banner: { js: "'use strict';\nconst bundleUrl = 'file://' + encodeURI(__filename);" },
  });
  // Graphviz is larger than all of kaon, and seldom asked for.
  const drawer = await build({
    ...options,
    entryPoints: ['src/cli/draw-svg.ts'],
    outfile: 'dist/draw-svg.js',
    banner: { js: "'use strict';\nconst bundleUrl = 'file://' + encodeURI(__filename);" },
  });
  const made = [entry, main, quick, drawer].flatMap(({ outputFiles }) => outputFiles);
  for (const { path, text } of made) {
    writeChanged(path, text);
  }
  compileLook();
}

/** The launcher's eye, where there is a C compiler. Without it the launcher looks with `find`. */
function compileLook() {
  const source = resolve(root, 'bin/look.c');
  const program = resolve(root, 'dist/look');
  const isNew = existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs;
  if (isNew) return;
  // A static program starts sooner; not every system has what that takes.
  for (const flags of [['-O2', '-static'], ['-O2']]) {
    const beside = `${program}.${process.pid}.tmp`;
    const done = spawnSync('cc', [...flags, '-o', beside, source], { stdio: 'ignore' });
    if (done.status === 0) return renameSync(beside, program);
  }
  rmSync(program, { force: true });
}

/**
 * Build directories know the kaon that made them by its stamp: what stayed the same keeps it.
 * @param {string} path
 * @param {string} text
 */
function writeChanged(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  // A kaon that starts meanwhile has the old one or the new one, never half.
  const beside = `${path}.${process.pid}.tmp`;
  writeFileSync(beside, text);
  renameSync(beside, path);
}

if (process.argv[1] === import.meta.filename) await bundle();
