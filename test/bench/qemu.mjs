// CPU and wall time of setting up QEMU: kaon against Meson, and muon where it is named.
//
//   node test/bench/qemu.mjs [--rounds N] [--meson COMMAND] [--muon PROGRAM] [--source FOLDER] [--folder FOLDER]
//
// The source comes by apt, from the mirror that this machine uses; Meson by pip, unless a command is
// named. What cannot be had is skipped, with a word. QEMU's own `configure` prepares a build directory
// once; each round, each tool sets up a copy of it. Two targets, default features, no Rust.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    meson: { type: 'string' },
    muon: { type: 'string' },
    source: { type: 'string' },
    folder: { type: 'string', default: join(tmpdir(), 'kaon-bench-qemu') },
    kaon: { type: 'string', default: resolve(import.meta.dirname, '../../bin/kaon') },
  },
});
/** The release of Debian whose QEMU this is, and the Meson that kaon is compared with. */
const release = 'trixie';
const mesonVersion = '1.12.1';

const { folder, kaon } = options;
const build = join(folder, 'build');
/** Where nothing was ever built before. */
const elsewhere = join(folder, 'elsewhere');
const prepared = join(folder, 'prepared');
const cache = join(folder, 'cache');
// Version managers' shims start a shell for each python.
const path = (process.env['PATH'] ?? '').split(delimiter).filter((each) => !/shims$/.test(each));
/** @type {NodeJS.ProcessEnv} */
const environment = {
  ...process.env,
  ...{ PATH: path.join(delimiter), XDG_CACHE_HOME: cache, NO_COLOR: '1', MAKEFLAGS: '' },
};
// Node would read these certificates at each start, for 50 ms.
delete environment['NODE_EXTRA_CA_CERTS'];

/** @typedef {{ cpu: number, wall: number }} Spent */
/** @typedef {(source: string, words: readonly string[]) => readonly string[]} SetupWords */

mkdirSync(folder, { recursive: true });
const source = options.source === undefined ? sourceByApt() : resolve(options.source);
const meson = options.meson?.split(' ') ?? mesonByPip();
const words = source === undefined ? undefined : prepare(source);
if (source !== undefined && words !== undefined) compare(source, words);

/** The folder of QEMU's source; undefined, with a word, where it is not to be had. */
function sourceByApt() {
  const unpacked = () => readdirSync(folder).find((name) => /^qemu-[\d.]/.test(name));
  const there = unpacked();
  if (there !== undefined) return join(folder, there);
  const targets = ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'];
  const listed = run(['apt-get', ...targets, 'Origin: Debian', 'Label: Debian']);
  const [mirror] = listed?.split('\n').filter((line) => line !== '') ?? [];
  if (mirror === undefined) return skip('there is no apt with a mirror of Debian');
  const lists = join(folder, 'apt');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  const list = join(folder, 'sources.list');
  writeFileSync(list, `deb-src ${mirror} ${release} main\n`);
  const own = [
    ...['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Etc::SourceList=${list}`],
    ...['-o', 'Dir::Etc::SourceParts=/dev/null', '-o', 'APT::Sandbox::User=root', '-q'],
  ];
  if (run(['apt-get', ...own, 'update']) === undefined) return skip('apt cannot update');
  if (run(['apt-get', ...own, 'source', 'qemu']) === undefined)
    return skip("apt cannot get QEMU's source (it needs dpkg-dev)");
  const name = unpacked();
  return name === undefined ? skip('apt unpacked nothing') : join(folder, name);
}

/** The command of a Meson that pip brings, without installing it. */
function mesonByPip() {
  const unpacked = join(folder, `meson-${mesonVersion}`);
  const archive = `${unpacked}.tar.gz`;
  const download = ['-m', 'pip', 'download', '-q', '--no-deps', '--no-binary', ':all:'];
  if (!existsSync(archive)) run(['python3', ...download, '-d', folder, `meson==${mesonVersion}`]);
  if (!existsSync(unpacked)) run(['tar', 'xzf', archive, '-C', folder]);
  return existsSync(unpacked)
    ? ['python3', join(unpacked, 'meson.py')]
    : skip('pip cannot get Meson');
}

/**
 * What QEMU's `configure` says to `meson setup`; what else it made lies in `prepared`.
 * @param {string} source @returns {readonly string[] | undefined}
 */
function prepare(source) {
  const kept = join(prepared, 'setup-words.json');
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
  const python = join(folder, 'kaon-env');
  rmSync(build, { recursive: true, force: true });
  mkdirSync(build);
  const configure = [
    ...[join(source, 'configure'), `--python=${python}/bin/python3`, `--ninja=${python}/bin/ninja`],
    ...['--target-list=x86_64-softmmu,aarch64-softmmu', '--disable-docs', '--disable-download'],
    ...['--disable-install-blobs', '--disable-rust'],
  ];
  if (run([kaon, 'as-meson', python]) === undefined) return skip('there is no Python with venv');
  if (run(configure, build) === undefined)
    return skip(`QEMU's configure fails: see ${build}/meson-logs and config.log`);
  const said = readFileSync(join(build, 'meson-private/cmd_line.txt'), 'utf8');
  const [, given = ''] = /\[options\]\n([^[]*)/.exec(said) ?? [];
  const lines = given.split('\n').filter((line) => line.includes(' = '));
  const words = lines.map((line) => `-D${line.replace(' = ', '=')}`);
  for (const name of readdirSync(build))
    if (/^(meson-.*|build\.ninja.*|compile_commands\.json|\.kaon.*)$/.test(name))
      rmSync(join(build, name), { recursive: true });
  rmSync(prepared, { recursive: true, force: true });
  renameSync(build, prepared);
  writeFileSync(kept, JSON.stringify(words));
  return words;
}

/** @param {string} source @param {readonly string[]} words */
function compare(source, words) {
  const files = ['--native-file', 'config-meson.cross'];
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
    const ours = [kaon, 'setup', ...words, ...files, '.', source];
    note('setup/kaon', fresh(ours));
    note('setup/remembered', fresh(ours));
    note('setup/elsewhere', fresh(ours, elsewhere));
    rmSync(elsewhere, { recursive: true, force: true });
    steps('kaon', [kaon], source, note);
    if (meson !== undefined) {
      note('setup/Meson', fresh([...meson, 'setup', ...words, ...files, '.', source]));
      steps('Meson', meson, source, note);
    }
    if (options.muon !== undefined)
      note('setup/muon', fresh([resolve(options.muon), 'setup', ...words, build], source));
  }
  print(all);
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

/** A setup in a fresh copy of what `configure` made. @param {readonly string[]} argv */
function fresh(argv, directory = build) {
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
  const ran = spawnSync('bash', ['-c', `{ ${script}; } 2>&1`, ...argv], {
    cwd: directory,
    encoding: 'utf8',
    env: environment,
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

/** Output of a command that went well. @param {readonly string[]} argv */
function run([program = '', ...args], cwd = folder) {
  const ran = spawnSync(program, args, { cwd, encoding: 'utf8', env: environment, maxBuffer: 2e9 });
  if (ran.status === 0) return ran.stdout;
  process.stderr.write((ran.stderr ?? `${program} is not there\n`).slice(-2000));
  return undefined;
}

/** @param {string} why @returns {undefined} */
function skip(why) {
  console.log(`Skipped: ${why}.`);
}
