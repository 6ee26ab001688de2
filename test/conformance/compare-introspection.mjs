// Sets a project up with Meson and with kaon, in the same place one after the other, and prints what
// `meson-info/` says differently.
//
//   node test/conformance/compare-introspection.mjs [--kaon KAON] [--meson MESON] [--only KIND,…]
//        [--max N] PROJECT … [-- SETUP-OPTION …]
//
// Exits with 1 where something differs. `MESON` is a command line (`python3 …/meson.py`).
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const kinds = [
  ...['targets', 'tests', 'benchmarks', 'buildoptions', 'install_plan', 'installed'],
  ...['projectinfo', 'dependencies', 'machines', 'compilers', 'buildsystem_files'],
];

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    kaon: { type: 'string', default: resolve(import.meta.dirname, '../../bin/kaon') },
    meson: { type: 'string', default: 'meson' },
    only: { type: 'string' },
    max: { type: 'string', default: '40' },
  },
});
const end = process.argv.indexOf('--');
const setupOptions = end === -1 ? [] : process.argv.slice(end + 1);
const projects = positionals.slice(0, positionals.length - setupOptions.length);
const wanted = values.only === undefined ? kinds : values.only.split(',');

let different = 0;
for (const project of projects) different += compare(project);
process.exit(different === 0 ? 0 : 1);

/** JSON of unknown shape. @typedef {any} Json */

/** Compares one project; answers how many differences there are. @param {string} project */
function compare(project) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'introspect-')));
  try {
    const source = join(folder, basename(project));
    cpSync(project, source, { recursive: true, verbatimSymlinks: true });
    const [mesonProgram = '', ...mesonWords] = values.meson.split(' ');
    const meson = setUp([mesonProgram, ...mesonWords], source, folder);
    const kaon = setUp([values.kaon], source, folder);
    if (typeof meson === 'string') {
      console.log(`== ${project}: Meson does not set it up`);
      return 0;
    }
    if (typeof kaon === 'string') {
      console.log(`== ${project}: kaon does not set it up\n${kaon}`);
      return 1;
    }
    const found = wanted.flatMap((kind) => differences(kind, meson[kind], kaon[kind]));
    console.log(`== ${project}: ${found.length === 0 ? 'equal' : `${found.length} differences`}`);
    const shown = found.slice(0, Number(values.max));
    for (const line of shown) console.log(`  ${line.replaceAll(folder, '…')}`);
    return found.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What meson-info/ says by kind, or the output of a setup that failed.
 * @param {[string, ...string[]]} command
 * @param {string} source
 * @param {string} folder
 * @returns {string | Record<string, Json>}
 */
function setUp([program, ...before], source, folder) {
  const build = join(folder, 'build');
  rmSync(build, { recursive: true, force: true });
  const ran = spawnSync(program, [...before, 'setup', ...setupOptions, build, source], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (ran.status !== 0) return `${ran.stdout}${ran.stderr}`.slice(-2000);
  return Object.fromEntries(
    kinds.map((kind) => {
      const path = join(build, 'meson-info', `intro-${kind}.json`);
      if (!existsSync(path)) return [kind, undefined];
      return [kind, normalised(kind, JSON.parse(readFileSync(path, 'utf8')))];
    }),
  );
}

/**
 * What is Meson's own, or of no fixed order, is taken out.
 * @param {string} kind
 * @param {Json} value
 */
function normalised(kind, value) {
  if (kind === 'buildsystem_files') return value.toSorted();
  // Of no fixed order: Meson goes through a set.
  if (kind === 'buildoptions') {
    const own = value.filter((/** @type {Json} */ each) => each.section !== 'base');
    const base = value.filter((/** @type {Json} */ each) => each.section === 'base');
    return [
      ...own,
      ...base.sort((/** @type {Json} */ a, /** @type {Json} */ b) => (a.name < b.name ? -1 : 1)),
    ];
  }
  if (kind === 'tests' || kind === 'benchmarks') {
    for (const test of value) test.depends.sort();
  }
  if (kind === 'targets') {
    for (const target of value) {
      for (const source of target.target_sources) {
        // Command lines of Meson's own helpers differ by nature.
        if (source.language === 'unknown') source.compiler = ownHelper(source.compiler);
      }
    }
  }
  return value;
}

/** @param {string[]} command */
function ownHelper(command) {
  return command.some((word) => word === '--internal' || word === 'internal')
    ? ['helper']
    : command;
}

/**
 * Differences of two JSON values, a line each. Objects in lists are matched by `id` or `name`.
 * @param {string} path
 * @param {Json} meson
 * @param {Json} kaon
 * @returns {string[]}
 */
function differences(path, meson, kaon) {
  if (Object.is(meson, kaon)) return [];
  if (Array.isArray(meson) && Array.isArray(kaon)) return listDifferences(path, meson, kaon);
  if (isObject(meson) && isObject(kaon)) {
    const keys = [...new Set([...Object.keys(meson), ...Object.keys(kaon)])];
    return keys.flatMap((key) => differences(`${path}.${key}`, meson[key], kaon[key]));
  }
  return [`${path}\n      Meson ${JSON.stringify(meson)}\n      kaon  ${JSON.stringify(kaon)}`];
}

/**
 * @param {string} path
 * @param {Json[]} meson
 * @param {Json[]} kaon
 * @returns {string[]}
 */
function listDifferences(path, meson, kaon) {
  /** @type {(value: Json, at: number, all: Json[]) => string} */
  const keyOf = (value, at, all) => {
    const key = value?.id ?? value?.name;
    const same = all.slice(0, at).filter((other) => (other?.id ?? other?.name) === key).length;
    return same === 0 ? key : `${key}#${same}`;
  };
  const keyed = [...meson, ...kaon].every((value) => (value?.id ?? value?.name) !== undefined);
  if (keyed && meson.length + kaon.length > 0) {
    /** @type {(list: Json[]) => Map<string, Json>} */
    const byKey = (list) => new Map(list.map((value, at) => [keyOf(value, at, list), value]));
    const [left, right] = [byKey(meson), byKey(kaon)];
    /** @type {(map: Map<string, Json>, other: Map<string, Json>) => string[]} */
    const order = (map, other) => [...map.keys()].filter((key) => other.has(key));
    const found = [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
      differences(`${path}[${key}]`, left.get(key), right.get(key)),
    );
    const [inMeson, inKaon] = [order(left, right), order(right, left)];
    const at = inMeson.findIndex((key, index) => key !== inKaon[index]);
    if (at === -1) return found;
    return [...found, `${path} order: Meson has ${inMeson[at]} where kaon has ${inKaon[at]}`];
  }
  const plain = [...meson, ...kaon].every((value) => typeof value !== 'object');
  if (plain || meson.length !== kaon.length) {
    const [left, right] = [JSON.stringify(meson), JSON.stringify(kaon)];
    return left === right ? [] : [`${path}\n      Meson ${left}\n      kaon  ${right}`];
  }
  return meson.flatMap((value, at) => differences(`${path}[${at}]`, value, kaon[at]));
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, Json>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}
