// CPU and wall time of setting up QEMU: kaon against Meson, and muon where it is named.
//
//   node test/bench/qemu.mjs [--rounds N] [--meson COMMAND] [--muon PROGRAM] [--source FOLDER] [--folder FOLDER] [--full]
//
// With --full also setting up and building all of it, once, which takes about an hour on two cores.
// The source comes by apt, from the mirror that this machine uses; Meson by pip, unless a command is
// named. What cannot be had is skipped, with a word. QEMU's own `configure` prepares a build directory
// once; each round, each tool sets up a copy of it. Two targets, default features, no Rust.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mesonByPip, prepare, qemuYard, sourceByApt } from '../support/qemu-source.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    meson: { type: 'string' },
    muon: { type: 'string' },
    source: { type: 'string' },
    folder: { type: 'string', default: join(tmpdir(), 'kaon-bench-qemu') },
    kaon: { type: 'string', default: resolve(import.meta.dirname, '../../bin/kaon') },
    full: { type: 'boolean', default: false },
  },
});

const { folder, kaon } = options;
const build = join(folder, 'build');
/** Where nothing was ever built before. */
const elsewhere = join(folder, 'elsewhere');
const cache = join(folder, 'cache');
const yard = qemuYard(folder, kaon);

/** @typedef {{ cpu: number, wall: number }} Spent */
/** @typedef {(source: string, words: readonly string[]) => readonly string[]} SetupWords */

const source = options.source === undefined ? sourceByApt(yard) : resolve(options.source);
const meson = options.meson?.split(' ') ?? mesonByPip(yard);
const prepared = source === undefined ? undefined : prepare(yard, source);
if (source !== undefined && prepared !== undefined) compare(source, prepared);

/** @param {string} source @param {import('../support/qemu-source.mjs').Prepared} prepared */
function compare(source, { place, words }) {
  /** @type {Map<string, Spent[]>} */
  const all = new Map();
  /** @type {(name: string, spent: Spent | undefined) => void} */
  const note = (name, spent) => {
    if (spent === undefined) console.log(`${name} fails, and is left out`);
    else all.set(name, [...(all.get(name) ?? []), spent]);
  };
  for (let round = 0; round < Number(options.rounds); round++) {
    // What V8 compiled of kaon stays, as with any start but the very first.
    for (const what of ['answers', 'setups'])
      rmSync(join(cache, 'kaon', what), { recursive: true, force: true });
    const ours = [kaon, 'setup', ...words, '.', source];
    note('setup/kaon', fresh(place, ours));
    note('setup/remembered', fresh(place, ours));
    note('setup/elsewhere', fresh(place, ours, elsewhere));
    rmSync(elsewhere, { recursive: true, force: true });
    steps('kaon', [kaon], source, note);
    if (meson !== undefined) {
      note('setup/Meson', fresh(place, [...meson, 'setup', ...words, '.', source]));
      steps('Meson', meson, source, note);
    }
    if (options.muon !== undefined) note('setup/muon', fresh(place, muonWords(words), source));
  }
  if (options.full) {
    rmSync(cache, { recursive: true, force: true });
    const ours = fresh(place, [kaon, 'setup', ...words, '.', source]);
    note('full/kaon', sum(ours, measured([kaon, 'compile'], build)));
    if (meson !== undefined) {
      const theirs = fresh(place, [...meson, 'setup', ...words, '.', source]);
      note('full/Meson', sum(theirs, measured(['ninja'], build)));
    }
  }
  print(all);
}

/** @param {Spent | undefined} one @param {Spent | undefined} other @returns {Spent | undefined} */
function sum(one, other) {
  if (one === undefined || other === undefined) return undefined;
  return { cpu: one.cpu + other.cpu, wall: one.wall + other.wall };
}

/**
 * After a setup: again, once a leaf was edited, and introspection.
 * @param {string} tool @param {readonly string[]} command @param {string} source
 * @param {(name: string, spent: Spent | undefined) => void} note
 */
function steps(tool, command, source, note) {
  const leaf = join(source, 'stats/meson.build');
  const added = join(source, 'stats/bench.c');
  const text = readFileSync(leaf);
  const again = () => measured([...command, 'setup', '--reconfigure', source], build);
  try {
    appendFileSync(leaf, '# edited\n');
    note(`leaf/${tool}`, again());
    writeFileSync(added, 'int bench(void);\n');
    appendFileSync(leaf, "system_ss.add(files('bench.c'))\n");
    note(`source/${tool}`, again());
  } finally {
    writeFileSync(leaf, text);
    rmSync(added, { force: true });
  }
  note(`targets/${tool}`, measured([...command, 'introspect', '--targets', '.'], build));
  const options = ['introspect', '--buildoptions', join(source, 'meson.build')];
  note(`options/${tool}`, measured([...command, ...options], build));
}

/** muon is started where the source is, and takes no machine file. @param {readonly string[]} words */
function muonWords(words) {
  const own = words.filter((word) => word.startsWith('-D'));
  return [resolve(options.muon ?? ''), 'setup', ...own, build];
}

/** A setup in a fresh copy of what `configure` made. @param {string} prepared @param {readonly string[]} argv */
function fresh(prepared, argv, directory = build) {
  const copy = directory === elsewhere ? elsewhere : build;
  rmSync(copy, { recursive: true, force: true });
  cpSync(prepared, copy, { recursive: true, verbatimSymlinks: true });
  // As `configure` would have written there.
  if (copy !== build) for (const path of filesIn(copy)) rename(path, build, copy);
  return measured(argv, directory);
}

/** @param {string} folder */
function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Names another folder in a text. @param {string} path @param {string} from @param {string} to */
function rename(path, from, to) {
  const text = readFileSync(path, 'latin1');
  if (text.includes(from)) writeFileSync(path, text.replaceAll(from, to), 'latin1');
}

/** @param {readonly string[]} argv @param {string} directory @returns {Spent | undefined} */
function measured(argv, directory) {
  const script = 'TIMEFORMAT="%R %U %S"; time "$0" "$@" >/dev/null 2>&1';
  // Node's pipes are sockets: with one as its input bash believes to be a remote shell, and reads the user's
  // .bashrc, whatever that puts in PATH.
  const ran = spawnSync('bash', ['--norc', '-c', `{ ${script}; } 2>&1`, ...argv], {
    cwd: directory,
    encoding: 'utf8',
    env: yard.environment,
  });
  if (ran.status !== 0) return undefined;
  const [wall = 0, user = 0, system = 0] = ran.stdout.trim().split(' ').map(Number);
  return { cpu: user + system, wall };
}

/** @param {ReadonlyMap<string, Spent[]>} all */
function print(all) {
  const rows = [
    ['setup, nothing remembered', 'setup/kaon', 'setup', '≤ 0.35 Meson, ≤ 0.6 muon'],
    ['setup, the same once more', 'setup/remembered', 'setup', '≤ 0.1 Meson'],
    ['setup elsewhere, checks remembered', 'setup/elsewhere', 'setup', '≤ 0.1 Meson'],
    ['again, after a comment in a leaf', 'leaf/kaon', 'leaf', '≤ 0.1 Meson'],
    ['again, after a source in a leaf', 'source/kaon', 'source', '≤ 0.1 Meson'],
    ['introspect --targets', 'targets/kaon', 'targets', '≤ 0.2 Meson'],
    ['introspect --buildoptions', 'options/kaon', 'options', '≤ 0.2 Meson'],
    ['setup and full build', 'full/kaon', 'full', '≤ 1 Meson and ninja'],
  ];
  console.log(`\nSeconds of CPU / of wall time, medians of ${options.rounds}; ratios likewise.\n`);
  console.log('| what | kaon | Meson | muon | : Meson | : muon | target |');
  console.log('|---|---|---|---|---|---|---|');
  for (const [what = '', own = '', step = '', target] of rows) {
    const [mine, theirs, muons] = [own, `${step}/Meson`, `${step}/muon`].map((name) =>
      median(all.get(name)),
    );
    const cells = [what, shown(mine), shown(theirs), shown(muons)];
    console.log(`| ${[...cells, ratio(mine, theirs), ratio(mine, muons), target].join(' | ')} |`);
  }
}

/** @param {Spent[] | undefined} all @returns {Spent | undefined} */
function median(all = []) {
  const middle = (/** @type {number[]} */ values) =>
    values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  if (all.length === 0) return undefined;
  return { cpu: middle(all.map(({ cpu }) => cpu)), wall: middle(all.map(({ wall }) => wall)) };
}

/** @param {Spent | undefined} spent */
function shown(spent) {
  return spent === undefined ? '–' : `${spent.cpu.toFixed(2)} / ${spent.wall.toFixed(2)}`;
}

/** @param {Spent | undefined} mine @param {Spent | undefined} other */
function ratio(mine, other) {
  if (mine === undefined || other === undefined) return '–';
  return `${(mine.cpu / other.cpu).toFixed(2)} / ${(mine.wall / other.wall).toFixed(2)}`;
}
