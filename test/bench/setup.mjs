// CPU time of setups, children included: kaon cold and with remembered answers, against Meson and muon.
//
//   node test/bench/setup.mjs [--meson COMMAND] [--muon PROGRAM] [--rounds N] PROJECT …
//
// A PROJECT is a source directory, or a folder of many (Meson's `test cases/common`), which are added up.
// Cold: nothing is remembered of compilers and packages. What a tool does not set up is counted for none. Ratios are of the medians.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fairEnvironment } from '../support/fair-environment.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    meson: { type: 'string', default: 'meson' },
    muon: { type: 'string' },
    kaon: { type: 'string', default: resolve(import.meta.dirname, '../../bin/kaon') },
    rounds: { type: 'string', default: '3' },
  },
});
const scratch = mkdtempSync(join(tmpdir(), 'kaon-bench-setup-'));
const cache = join(scratch, 'cache');
const environment = fairEnvironment({ XDG_CACHE_HOME: cache });

try {
  console.log(
    '| project | Meson, s | cold : Meson | remembered : Meson | cold : muon | remembered : muon |',
  );
  console.log('|---|---|---|---|---|---|');
  for (const project of positionals) console.log(row(project));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @param {string} project */
function row(project) {
  const sums = { meson: 0, muon: 0, cold: 0, remembered: 0 };
  const sources = sourcesOf(project);
  let counted = 0;
  for (const source of sources) {
    const one = measured(source);
    if (one === undefined) continue;
    counted += 1;
    sums.meson += one.meson;
    sums.muon += one.muon;
    sums.cold += one.cold;
    sums.remembered += one.remembered;
  }
  const name = sources.length === 1 ? basename(project) : `${basename(project)} (${counted})`;
  /** @type {(mine: number, other: number) => string} */
  const ratio = (mine, other) => (other === 0 ? '' : (mine / other).toFixed(2));
  const cells = [
    ...[name, sums.meson.toFixed(1)],
    ...[ratio(sums.cold, sums.meson), ratio(sums.remembered, sums.meson)],
    ...[ratio(sums.cold, sums.muon), ratio(sums.remembered, sums.muon)],
  ];
  return `| ${cells.join(' | ')} |`;
}

/** @param {string} project @returns {readonly string[]} */
function sourcesOf(project) {
  if (existsSync(join(project, 'meson.build'))) return [project];
  return readdirSync(project)
    .map((name) => join(project, name))
    .filter((folder) => existsSync(join(folder, 'meson.build')));
}

/** Medians in CPU seconds; undefined where one of the tools fails. @param {string} source */
function measured(source) {
  /** @type {Record<'meson' | 'muon' | 'cold' | 'remembered', number[]>} */
  const all = { meson: [], muon: [], cold: [], remembered: [] };
  for (let round = 0; round < Number(options.rounds); round++) {
    // What V8 compiled of kaon stays, as with any start but the very first.
    for (const what of ['answers', 'setups'])
      rmSync(join(cache, 'kaon', what), { recursive: true, force: true });
    const cold = setup([options.kaon, 'setup'], source);
    const remembered = setup([options.kaon, 'setup'], source);
    const meson = setup([...options.meson.split(' '), 'setup'], source);
    const muon = options.muon === undefined ? 0 : setup([options.muon, 'setup'], source);
    if (cold === undefined || remembered === undefined || meson === undefined) return undefined;
    if (muon === undefined) return undefined;
    all.cold.push(cold);
    all.remembered.push(remembered);
    all.meson.push(meson);
    all.muon.push(muon);
  }
  return {
    meson: median(all.meson),
    muon: median(all.muon),
    cold: median(all.cold),
    remembered: median(all.remembered),
  };
}

/** CPU seconds of one setup in a new build directory. @param {string[]} words @param {string} source */
function setup(words, source) {
  const build = join(scratch, 'build');
  rmSync(build, { recursive: true, force: true });
  const script = 'TIMEFORMAT="%U %S"; time "$0" "$@" >&2 2>/dev/null';
  // As in qemu.mjs: not with what .bashrc puts in PATH.
  const ran = spawnSync('bash', ['--norc', '-c', `{ ${script}; } 2>&1`, ...words, build], {
    cwd: source,
    encoding: 'utf8',
    env: environment,
  });
  if (ran.status !== 0) return undefined;
  const [user = 0, system = 0] = (ran.stdout.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return user + system;
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
