// `npm run bench -- [--sizes 1000,3800,50000] [--rounds 5] [--n2 PROGRAM] [--muon PROGRAM] [--folder FOLDER]`
// Measures kaon against ninja and n2: CPU time with children, several rounds, minimum and median.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fairEnvironment } from '../support/fair-environment.mjs';
import { printTable } from './table.mjs';
import { makeProject, makeTools, makeTrivialProject, sourcePath, writeNinja } from './workload.mjs';

const root = resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,3800,50000' },
    rounds: { type: 'string', default: '5' },
    n2: { type: 'string', default: 'n2' },
    muon: { type: 'string' },
    folder: { type: 'string', default: join(tmpdir(), 'kaon-bench') },
  },
});
const rounds = Number(options.rounds);
const tools = join(options.folder, 'tools');
const kaon = join(root, 'bin/kaon');

/** What is measured, and what is asked of it. */
const sizes = {
  1000: { headers: 1500, generated: 0, noop: { ninja: 0.6 } },
  3800: {
    headers: 4400,
    generated: 150,
    first: { ninja: 1 },
    noop: { ninja: 0.2, n2: 0.25 },
    change: { ninja: 0.3 },
  },
  50000: { headers: 200_000, generated: 0, noop: { ninja: 0.3, n2: 0.35 }, memory: { ninja: 1 } },
};

makeTools(tools);
// What kaon remembers for a user is to be of this run.
const cache = join(options.folder, 'cache');
const environment = fairEnvironment({
  ...{ PATH: `${tools}${delimiter}${process.env['PATH']}`, XDG_CACHE_HOME: cache },
  ...{ CC: 'bench-cc', AR: 'bench-ar', CC_LD: '' },
});

const ninja = available('ninja');
const n2 = available(options.n2);

/** @typedef {import('./table.mjs').Measured} Measured */
/** @typedef {import('./table.mjs').Row} Row */
/** @type {Row[]} */
const table = [];
/** What fits no column. @type {string[]} */
const notes = [];

for (const size of options.sizes.split(',').map(Number)) {
  const shape = /** @type {Record<number, (typeof sizes)[3800]>} */ (
    /** @type {unknown} */ (sizes)
  )[size];
  if (shape === undefined) throw new Error(`sizes are ${Object.keys(sizes).join(', ')}`);
  measureSize(size, shape);
}
measureTrivial(1000);
if (options.sizes.split(',').includes('3800')) await measureWatch(3800);
measureVersion();
printTable(table, rounds);
for (const note of notes) console.log(note);
workspaces();
setups();

/** @param {number} size @param {(typeof sizes)[3800] & { memory?: { ninja: number } }} shape */
function measureSize(size, shape) {
  const folder = join(options.folder, `${size}`);
  if (!existsSync(join(folder, 'kaon/meson-private'))) {
    rmSync(folder, { recursive: true, force: true });
    makeProject(folder, { actions: size, headers: shape.headers, generated: shape.generated });
    run([kaon, 'setup', 'kaon'], folder);
    for (const peer of ['ninja', 'n2']) writeNinja(folder, join(folder, 'kaon'), peer);
  }
  const builders = buildersIn(folder);
  if (shape.first !== undefined) {
    table.push({
      workload: `first build, ${size} actions`,
      ...rows(builders, folder, (name) => wipeAll(join(folder, name))),
      target: target(shape.first),
    });
  }
  if (shape.memory !== undefined) {
    // Once: it takes minutes.
    const firsts = builders.map(({ name, argv }) => {
      wipeAll(join(folder, name));
      return /** @type {const} */ ([name, merged([run(argv, folder)])]);
    });
    table.push({
      workload: `memory, first build, ${size} actions`,
      .../** @type {Pick<Row, 'kaon'>} */ (Object.fromEntries(firsts)),
      unit: 'memory',
      target: target(shape.memory),
    });
  }
  for (const { argv } of builders) for (let time = 0; time < 3; time++) run(argv, folder);
  const noop = rows(builders, folder, () => {});
  table.push({ workload: `no-op, ${size} actions`, ...noop, target: target(shape.noop) });
  if (size === 1000) return;
  let edit = 0;
  const changed = rows(builders, folder, () => {
    const path = join(folder, sourcePath(size >> 1));
    const text = readFileSync(path, 'utf8').replace(/^\/\/bench.*\n/, '');
    writeFileSync(path, `//bench edit ${process.pid} ${edit++}\n${text}`);
  });
  table.push({
    workload: `one source changed, ${size} actions`,
    ...changed,
    target: target(shape.change ?? {}),
  });
  if (shape.memory !== undefined) {
    table.push({
      workload: `memory, one source changed, ${size} actions`,
      ...changed,
      unit: 'memory',
      target: target(shape.memory),
    });
  }
}

/** Removes what was built in a build directory, and what is remembered of it. @param {string} build */
function wipeAll(build) {
  rmSync(join(cache, 'kaon/actions'), { recursive: true, force: true });
  for (const name of readdirSync(build)) {
    if (!/\.p$|\.a$|\.h$|^\.(?:kaon_|ninja_|n2_)/.test(name)) continue;
    rmSync(join(build, name), { recursive: true, force: true });
  }
  rmSync(join(build, 'meson-private/kaon-noop'), { recursive: true, force: true });
}

/** From clean: outputs and what the tools remember are removed before each round. @param {number} actions */
function measureTrivial(actions) {
  // A disk looks long for inodes that were not freed a moment ago, as those of the outputs were that are
  // removed here: that is a sixth of all, and differs from round to round.
  const memory = existsSync('/dev/shm') ? '/dev/shm' : options.folder;
  const folder = join(memory, `kaon-bench-trivial-${process.getuid?.() ?? 0}`);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  if (!existsSync(join(folder, 'kaon/meson-private'))) {
    rmSync(folder, { recursive: true, force: true });
    makeTrivialProject(folder, actions);
    run([kaon, 'setup', 'kaon'], folder);
    for (const peer of ['ninja', 'n2']) writeNinja(folder, join(folder, 'kaon'), peer);
  }
  const wipe = (/** @type {string} */ name) => {
    const build = join(folder, name);
    for (let at = 0; at < actions; at++) rmSync(join(build, `t${at}`), { force: true });
    for (const state of ['.ninja_log', '.ninja_deps', '.n2_db', '.kaon_log', '.kaon_log.index']) {
      rmSync(join(build, state), { force: true });
    }
  };
  // The same by a kaon that holds much memory; what that takes by itself does not count.
  const ballast = join(options.folder, 'ballast.cjs');
  writeFileSync(ballast, 'globalThis.ballast = Buffer.alloc(500 * 2 ** 20, 1);\n');
  const empty = join(options.folder, 'empty.cjs');
  writeFileSync(empty, '');
  const large = { NODE_OPTIONS: `--require ${ballast}` };
  const builders = buildersIn(folder);
  const argv = builders[0]?.argv ?? [];
  const all = inTurns(
    [
      ...builders,
      { name: 'large', argv, more: large },
      { name: 'ballast', argv: ['node', empty], more: large },
      { name: 'empty', argv: ['node', empty] },
    ],
    folder,
    (name) => {
      if (name !== 'ballast' && name !== 'empty') wipe(name === 'large' ? 'kaon' : name);
    },
  );
  const measured = /** @type {Pick<Row, 'kaon'>} */ (
    Object.fromEntries(builders.map(({ name }) => [name, merged(all.get(name) ?? [])]))
  );
  table.push({
    workload: `${actions} trivial actions from clean`,
    ...measured,
    target: target({ ninja: 0.7 }),
  });
  const cpuOf = (/** @type {string} */ name, /** @type {number} */ round) =>
    all.get(name)?.[round]?.cpu[0] ?? 0;
  const heavy = merged(
    (all.get('large') ?? []).map((run, round) => ({
      ...run,
      cpu: [cpuOf('large', round) - (cpuOf('ballast', round) - cpuOf('empty', round))],
    })),
  );
  table.push({
    workload: `${actions} trivial actions, with a heap of 500 MB`,
    ...measured,
    kaon: heavy,
    target: target({ ninja: 0.7 }),
  });
}

/** From the edit of a source to the object that is made of it, and what waiting for edits costs. @param {number} size */
async function measureWatch(size) {
  const folder = join(options.folder, `${size}`);
  const source = join(folder, sourcePath(size >> 1));
  const [built] = JSON.parse(
    readFileSync(join(folder, 'kaon/compile_commands.json'), 'utf8'),
  ).filter((/** @type {{ file: string }} */ { file }) => file.endsWith(sourcePath(size >> 1)));
  const watching = spawn(kaon, ['watch', '-C', join(folder, 'kaon')], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  watching.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const ready = async () => {
    while (!said.includes('Watching')) await pause(20);
    said = '';
  };
  try {
    await ready();
    const times = [];
    for (let round = 0; round < Math.max(5, rounds); round++) {
      await pause(300);
      const text = readFileSync(source, 'utf8').replace(/^\/\/bench.*\n/, '');
      writeFileSync(source, `//bench watch ${process.pid} ${round}\n${text}`);
      await ready();
      times.push(statSync(join(folder, 'kaon', built.output)).mtimeMs - statSync(source).mtimeMs);
    }
    times.sort((a, b) => a - b);
    const ticks = () =>
      readFileSync(`/proc/${watching.pid}/stat`, 'utf8').split(' ').slice(13, 15).map(Number);
    const before = ticks();
    await pause(3000);
    const idle = ticks().reduce((sum, count, at) => sum + count - (before[at] ?? 0), 0) * 10;
    const [least = 0] = times;
    const median = times[times.length >> 1] ?? 0;
    notes.push(
      `watch, ${size} actions: ${least.toFixed(0)} / ${median.toFixed(0)} ms from an edit to its object (≤ 100 ms), ${idle} ms of CPU in 3 s without one`,
    );
  } finally {
    watching.kill('SIGINT');
  }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function measureVersion() {
  const empty = join(options.folder, 'empty.cjs');
  writeFileSync(empty, '');
  const version = several([kaon, '--version'], root, () => {});
  const node = several(['node', empty], root, () => {});
  table.push({
    workload: '--version (against an empty node script)',
    kaon: version,
    ninja: node,
    target: 'node + 3 ms',
  });
}

/** @param {string} folder */
function buildersIn(folder) {
  return [
    { name: /** @type {const} */ ('kaon'), argv: [kaon, 'compile', '-C', join(folder, 'kaon')] },
    ...(ninja
      ? [{ name: /** @type {const} */ ('ninja'), argv: ['ninja', '-C', join(folder, 'ninja')] }]
      : []),
    ...(n2
      ? [{ name: /** @type {const} */ ('n2'), argv: [options.n2, '-C', join(folder, 'n2')] }]
      : []),
  ];
}

/**
 * @param {ReturnType<typeof buildersIn>} builders @param {string} folder
 * @param {(name: string) => void} before
 * @returns {Pick<Row, 'kaon' | 'ninja' | 'n2'>}
 */
function rows(builders, folder, before) {
  const all = inTurns(builders, folder, before);
  return /** @type {Pick<Row, 'kaon'>} */ (
    Object.fromEntries([...all].map(([name, runs]) => [name, merged(runs)]))
  );
}

/**
 * Each round runs all, so that what else the machine does meets all of them.
 * @param {readonly { name: string, argv: string[], more?: NodeJS.ProcessEnv }[]} builders
 * @param {string} folder @param {(name: string) => void} before
 * @returns {Map<string, Measured[]>}
 */
function inTurns(builders, folder, before) {
  /** @type {Map<string, Measured[]>} */
  const all = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const { name, argv, more } of builders) {
      before(name);
      // Stamps of an edit are to be older than a tick of the file system's clock.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      all.set(name, [...(all.get(name) ?? []), run(argv, folder, more)]);
    }
  }
  return all;
}

/** @param {string[]} argv @param {string} folder @param {() => void} before */
function several(argv, folder, before) {
  return merged(
    Array.from({ length: rounds }, () => {
      before();
      return run(argv, folder);
    }),
  );
}

/** @param {readonly Measured[]} runs @returns {Measured} */
function merged(runs) {
  const cpu = runs.flatMap((one) => one.cpu).sort((a, b) => a - b);
  return { cpu, kilobytes: Math.max(...runs.map(({ kilobytes }) => kilobytes)) };
}

/** @param {string[]} argv @param {string} cwd @param {NodeJS.ProcessEnv} more @returns {Measured} */
function run(argv, cwd, more = {}) {
  const report = join(options.folder, 'measured');
  const done = spawnSync(join(tools, 'measure'), [report, ...argv], {
    cwd,
    env: { ...environment, ...more },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) throw new Error(`${argv.join(' ')}: ${done.stdout}${done.stderr}`);
  const [micros = 0, kilobytes = 0] = readFileSync(report, 'utf8').split(' ').map(Number);
  return { cpu: [micros / 1000], kilobytes };
}

/** Cargo workspaces, by Cargo and by kaon. */
function workspaces() {
  console.log('\nCargo workspaces (see test/bench/cargo.mjs)\n');
  const words = ['--rounds', '3', '--folder', options.folder];
  spawnSync(process.execPath, [join(root, 'test/bench/cargo.mjs'), ...words], { stdio: 'inherit' });
}

/** Setups of Meson's own project tests, where KAON_MESON_CORPUS says where they are. */
function setups() {
  const corpus = process.env['KAON_MESON_CORPUS'];
  if (corpus === undefined) {
    console.log('\nKAON_MESON_CORPUS is not set: setups are not measured');
    return;
  }
  const muon = options.muon === undefined ? [] : ['--muon', options.muon];
  const meson = ['--meson', `python3 ${join(corpus, 'meson.py')}`];
  const words = ['--rounds', '1', ...meson, ...muon, join(corpus, 'test cases/common')];
  console.log('\nCPU of setups (see test/bench/setup.mjs)\n');
  spawnSync(process.execPath, [join(root, 'test/bench/setup.mjs'), ...words], { stdio: 'inherit' });
}

/** @param {string} program */
function available(program) {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log(`${program} is not there, and skipped`);
    return false;
  }
}

/** @param {Readonly<Record<string, number>>} limits */
function target(limits) {
  return Object.entries(limits)
    .map(([peer, limit]) => `≤ ${limit}× ${peer}`)
    .join(', ');
}
