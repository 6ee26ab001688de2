// `npm run build`: makes dist/kaon.js, which Node starts, and beside it the programs that it loads.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { install } from './install.mjs';
import { lazyPackages } from './lazy-packages.mjs';
import { licenses } from './licenses.mjs';
import { warm } from './warm.mjs';

const root = resolve(import.meta.dirname, '..');

const old =
  "if (Number.parseInt(process.versions.node, 10) < 20) { console.error('kaon needs node 20.19 or newer; this is ' + process.version); process.exit(1); }";
const address = "const bundleUrl = 'file://' + encodeURI(__filename);";
// Node would put these words around a program itself, and copy all of it to do so.
const asFunction = {
  banner: {
    js: `(function (exports, require, module, __filename, __dirname) {'use strict';\n${address}`,
  },
  footer: { js: '})' },
};

/** What is bundled, each into a file of its own. */
const programs = [
  { from: 'entry.ts', to: 'kaon.js', banner: { js: `'use strict';\n${old}\n${address}` } },
  // All of kaon.
  { from: 'main.ts', to: 'main.js', ...asFunction },
  // Parts of it that are wanted often, for themselves, as Node reads less sooner: what a build needs
  // after a few changes, a setup, and what runs the build scripts of crates and asks for versions.
  { from: 'quick.ts', to: 'quick.js', ...asFunction },
  { from: 'setup.ts', to: 'setup.js', ...asFunction },
  { from: 'internal-alone.ts', to: 'internal-alone.js', ...asFunction },
  // Graphviz is larger than all of kaon, and seldom asked for.
  { from: 'draw-svg.ts', to: 'draw-svg.js', banner: { js: `'use strict';\n${address}` } },
];

/** Bundles kaon. Nothing of this machine gets into the result: the same sources give the same file. */
export async function bundle() {
  const { build } = await import('esbuild');
  mkdirSync(resolve(root, 'dist'), { recursive: true });
  // Node starts a CommonJS file faster than a module.
  writeChanged(resolve(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
  // What the launcher answers without starting node.
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
  writeChanged(resolve(root, 'dist/version'), `${version}\n`);
  const inputs = new Set();
  for (const { from, to, ...around } of programs) {
    const { outputFiles, metafile } = await build({
      absWorkingDir: root,
      entryPoints: [`src/cli/${from}`],
      outfile: `dist/${to}`,
      ...around,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: 'none',
      metafile: true,
      logLevel: 'warning',
      // A script that comes from a code cache cannot import, only require.
      supported: { 'dynamic-import': false },
      write: false,
      plugins: [lazyPackages],
      define: {
        'import.meta.dirname': '__dirname',
        'import.meta.filename': '__filename',
        'import.meta.url': 'bundleUrl',
      },
    });
    for (const { path, text } of outputFiles) writeChanged(path, text);
    for (const path of Object.keys(metafile.inputs)) inputs.add(path);
  }
  writeChanged(resolve(root, 'dist/licenses.txt'), licenses(root, inputs));
  // The launcher's eye; without it the launcher looks with `find`.
  compile('look');
  // What does again what one command did, without node.
  compile('redo');
  // What starts commands; without it shells do.
  compile('starter');
  warm(root);
}

/** A small program, where there is a C compiler. @param {string} name */
function compile(name) {
  const source = resolve(root, `bin/${name}.c`);
  const program = resolve(root, `dist/${name}`);
  const headers = readdirSync(resolve(root, 'bin')).filter((file) => file.endsWith('.h'));
  const sources = [source, ...headers.map((file) => resolve(root, 'bin', file))];
  const changedMs = Math.max(...sources.map((path) => statSync(path).mtimeMs));
  const isNew = existsSync(program) && statSync(program).mtimeMs > changedMs;
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

if (process.argv[1] === import.meta.filename) {
  // Packages that somebody installed in another way stay.
  if (!existsSync(resolve(root, 'node_modules'))) install();
  await bundle();
}
