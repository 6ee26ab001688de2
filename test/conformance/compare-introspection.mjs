// Sets a project up with Meson and with kaon, in the same place one after the other, and prints every
// difference of `meson-info/` and of the compile commands; if asked, builds, tests and installs with both
// and compares what comes of it.
//
//   node test/conformance/compare-introspection.mjs [--kaon KAON] [--meson MESON] [--only KIND,…]
//        [--max N] [--build] [--test] [--install] [--each] PROJECT[//FOLDER] … [-- SETUP-OPTION …]
//
// Differences of one kind are shown once with their number (`--each`: all). Exits with 1 where one is
// not among the explained ones (compare-explained.mjs). `MESON` is a command line (`python3 …/meson.py`).
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { explained } from './compare-explained.mjs';
import { kinds, oneSide } from './compare-side.mjs';
import { differences } from './compare-values.mjs';

/** @typedef {import('./compare-values.mjs').Difference} Difference */

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    kaon: { type: 'string', default: resolve(import.meta.dirname, '../../bin/kaon') },
    meson: { type: 'string', default: 'meson' },
    only: { type: 'string' },
    max: { type: 'string', default: '40' },
    width: { type: 'string', default: '1000' },
    build: { type: 'boolean', default: false },
    test: { type: 'boolean', default: false },
    install: { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
  },
});
const end = process.argv.indexOf('--');
const setupOptions = end === -1 ? [] : process.argv.slice(end + 1);
const projects = positionals.slice(0, positionals.length - setupOptions.length);
const wanted = values.only?.split(',') ?? [
  ...kinds,
  ...['compile_commands', 'generated', 'results', 'staged'],
];

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
    const times = Object.keys(meson.seconds).map(
      (step) => `${step} ${meson.seconds[step]?.toFixed(1)}/${kaon.seconds[step]?.toFixed(1)}`,
    );
    const clock = `CPU seconds Meson/kaon: ${times.join(', ')}`;
    if (meson.failure !== undefined) return bothFail(project, meson.failure, kaon.failure);
    if (kaon.failure !== undefined) return failed(project, `kaon: ${kaon.failure}`, 1);
    /** @type {(name: string) => string | undefined} */
    const option = (name) =>
      meson.facts['buildoptions']?.find((/** @type {any} */ one) => one.name === name)?.value;
    const all = wanted.flatMap((kind) => differences(kind, meson.facts[kind], kaon.facts[kind]));
    const found = all.filter((each) => !explained.some(({ explains }) => explains(each, option)));
    const told = all.length > found.length ? `, ${all.length - found.length} explained` : '';
    const verdict = found.length === 0 ? 'equal' : `${found.length} differences`;
    console.log(`== ${project}: ${verdict}${told} (${clock})${tally(meson.facts)}`);
    const shown = grouped(found).slice(0, Number(values.max));
    for (const line of shown) console.log(line.replaceAll(folder, '…'));
    return found.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names of all files but Python's own. @param {string} folder */
function filesOf(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => !name.includes('__pycache__'))
    .sort()
    .join('\n');
}

/**
 * @param {string} project
 * @param {string} story
 * @param {number} count
 */
function failed(project, story, count) {
  console.log(`== ${project}: ${story}`);
  return count;
}

/**
 * What Meson refuses, kaon refuses at the same place with the same headline.
 * @param {string} project
 * @param {string} meson
 * @param {string | undefined} kaon
 */
function bothFail(project, meson, kaon = 'does it all') {
  const [left, right] = [meson, kaon].map(
    (story) => /(\S+:\d+:\d+: )?ERROR: .*/.exec(story)?.[0] ?? story,
  );
  if (left === right) return failed(project, `both say ${left}`, 0);
  return failed(project, `Meson: ${left}\n  kaon: ${right}`, 1);
}

/** How the tests went with Meson. @param {Record<string, any>} facts */
function tally(facts) {
  const results = Object.values(facts['results'] ?? {});
  if (results.length === 0) return '';
  const names = [...new Set(results)].map(
    (result) => `${results.filter((each) => each === result).length} ${result}`,
  );
  return ` tests: ${names.join(', ')}`;
}

/** Differences whose places differ by a name only are one line. @param {Difference[]} found */
function grouped(found) {
  /** @type {Map<string, Difference[]>} */
  const groups = new Map();
  for (const each of found) {
    const shape = values.each ? each.path : each.path.replace(/\{.*?\}/, '{*}');
    groups.set(shape, [...(groups.get(shape) ?? []), each]);
  }
  return [...groups.values()].map((same) => {
    const [{ path, meson, kaon } = { path: '', meson: undefined, kaon: undefined }] = same;
    const more = same.length === 1 ? '' : `  (and ${same.length - 1} like it)`;
    return `  ${path}${more}\n${sides(meson, kaon)}`;
  });
}

/**
 * Both sides; what they begin with alike is left out where it is long. Of lists with other members only
 * those are shown.
 * @param {unknown} meson
 * @param {unknown} kaon
 */
function sides(meson, kaon) {
  if (Array.isArray(meson) && Array.isArray(kaon)) {
    const only = [without(meson, kaon), without(kaon, meson)];
    const long = JSON.stringify(meson).length > 400;
    if (long && only.flat().length > 0) {
      return `      Meson only ${JSON.stringify(only[0])}\n      kaon  only ${JSON.stringify(only[1])}`;
    }
  }
  const [left, right] = [JSON.stringify(meson) ?? 'nothing', JSON.stringify(kaon) ?? 'nothing'];
  let same = 0;
  while (same < left.length && left[same] === right[same]) same += 1;
  const from = same < 120 ? 0 : same - 60;
  const width = Number(values.width);
  /** @type {(text: string) => string} */
  const cut = (text) => `${from > 0 ? '[…]' : ''}${text.slice(from, from + width)}`;
  return `      Meson ${cut(left)}\n      kaon  ${cut(right)}`;
}

/** @param {unknown[]} list @param {unknown[]} other */
function without(list, other) {
  const there = new Set(other.map((each) => JSON.stringify(each)));
  return list.filter((each) => !there.has(JSON.stringify(each)));
}
