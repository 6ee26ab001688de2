// Prints what Meson's functions, methods, modules and keywords are declared to take and kaon's are not.
//
//   node test/conformance/compare-declarations.mjs MESON_SOURCE_TREE
//
// Exits with 1 where something differs that is not in declared-differences.txt.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = import.meta.dirname;
const [tree] = process.argv.slice(2);
if (tree === undefined) {
  console.error('usage: node test/conformance/compare-declarations.mjs MESON_SOURCE_TREE');
  process.exit(2);
}
const outfile = resolve(here, '../../node_modules/.cache/conformance/declarations.mjs');
await build({
  stdin: {
    contents: `export { kaonDeclarations } from './declared.ts';
export { compareDeclarations } from './compare-declarations.ts';`,
    resolveDir: here,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
});
const { kaonDeclarations, compareDeclarations } = await import(pathToFileURL(outfile).href);
const script = join(here, 'meson-declarations.py');
const run = spawnSync('python3', ['-B', script, resolve(tree)], {
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});
if (run.status !== 0) {
  console.error(run.stderr);
  process.exit(2);
}
const list = join(here, 'declared-differences.txt');
/** @type {Set<string>} */
const explained = new Set(
  (existsSync(list) ? readFileSync(list, 'utf8') : '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
);
/** @type {string[]} */
const differences = compareDeclarations(JSON.parse(run.stdout), kaonDeclarations());
const unexplained = differences.filter((line) => !explained.has(line));
const gone = [...explained].filter((line) => !differences.includes(line));
for (const line of unexplained) console.log(line);
for (const line of gone) console.log(`no longer so, take it off the list: ${line}`);
console.log(`${unexplained.length} differences, ${explained.size} explained ones`);
process.exit(unexplained.length + gone.length === 0 ? 0 : 1);
