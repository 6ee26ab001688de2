// Sets a project up with Meson and with kaon, in the same place one after the other, and prints every
// difference of `meson-info/` and of the compile commands; if asked, builds, tests and installs with both
// and compares what comes of it.
//
//   node test/conformance/compare-introspection.mjs [--kaon KAON] [--meson MESON] [--only KIND,…]
//        [--max N] [--build] [--test] [--install] [--words] [--each]
//        PROJECT[//FOLDER] … [-- SETUP-OPTION …]
//
// `--words`: what the setups print is compared, too. Differences of one kind are shown once with their number
// (`--each`: all). Exits with 1 where one is not among the explained ones (compare-explained.mjs). `MESON` is
// a command line (`python3 …/meson.py`).
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareSides } from './compare-report.mjs';
import { oneSide } from './compare-side.mjs';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    kaon: { type: 'string', default: resolve(import.meta.dirname, '../../bin/kaon') },
    meson: { type: 'string', default: 'meson' },
    only: { type: 'string' },
    max: { type: 'string' },
    width: { type: 'string' },
    build: { type: 'boolean', default: false },
    test: { type: 'boolean', default: false },
    install: { type: 'boolean', default: false },
    words: { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
  },
});
const end = process.argv.indexOf('--');
const setupOptions = end === -1 ? [] : process.argv.slice(end + 1);
const projects = positionals.slice(0, positionals.length - setupOptions.length);
const { only, max, width, words, each } = values;
const shown = {
  ...(only !== undefined && { only: only.split(',') }),
  ...(max !== undefined && { max: Number(max) }),
  ...(width !== undefined && { width: Number(width) }),
  ...{ words, each },
};

let different = 0;
for (const project of projects) different += compare(project);
process.exit(different === 0 ? 0 : 1);

/** Compares one project; answers how many unexplained differences there are. @param {string} project */
function compare(project) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'introspect-')));
  try {
    const [whole = '', inside = ''] = project.split('//');
    const copy = join(folder, basename(whole));
    const source = join(copy, inside);
    cpSync(whole, copy, { recursive: true, verbatimSymlinks: true });
    const before = filesOf(copy);
    const { build, test, install } = values;
    const work = { source, folder, setupOptions, build, test, install };
    const meson = oneSide({ ...work, command: values.meson.split(' ') });
    if (filesOf(copy) !== before) {
      // Half of a subproject, or what the build wrote between the sources.
      rmSync(copy, { recursive: true });
      cpSync(whole, copy, { recursive: true, verbatimSymlinks: true });
    }
    const kaon = oneSide({ ...work, command: [values.kaon] });
    return compareSides(project, meson, kaon, folder, shown);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names of all files but Python's own; links are not followed. @param {string} folder */
function filesOf(folder) {
  return namesIn(folder, '').sort().join('\n');
}

/** @param {string} root @param {string} inside @returns {string[]} */
function namesIn(root, inside) {
  return readdirSync(join(root, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = join(inside, entry.name);
    if (entry.name === '__pycache__') return [];
    return entry.isDirectory() ? [path, ...namesIn(root, path)] : [path];
  });
}
