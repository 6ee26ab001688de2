// Cargo's own tests as an oracle: each build, test and run in them is done by Cargo, and by kaon beside it.
//
//   node test/oracle/cargo-own-tests.mjs SOURCE [FILTER …]
//
// SOURCE is the unpacked package `cargo` of the installed Cargo's version (1.95 is cargo-0.96.0), whose tests
// are built there. A test makes a workspace and calls Cargo; before each call the test's folder is copied, and
// kaon is called in the copy, under the same path and with the build directory of its call before. What is
// told are the calls that only one of them ends well, and packages that only one of them compiled.
//
// Differences are for people to judge: tests look into target/debug, set times of files, and ask for what
// Cargo alone has (`cargo run X` in a workspace with a program X).
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';

const longestMs = 60_000;
const large = 64 * 1024 * 1024;
/** Words with which other lines tell what is compiled. */
const otherLines = /^(-v+|-q|--verbose|--quiet|--message-format)/;
const [first = '', ...more] = process.argv.slice(2);
if (first === '--in-cargos-place') standIn(more);
else if (first === '')
  console.error('usage: node test/oracle/cargo-own-tests.mjs SOURCE [FILTER …]');
else main(resolve(first), more);

/**
 * @typedef {object} Call
 * @property {string} test
 * @property {readonly string[]} words
 * @property {Ended} cargo
 * @property {Ended} kaon
 *
 * @typedef {object} Ended
 * @property {boolean} isDone
 * @property {string} said
 */

/** @param {string} source @param {readonly string[]} filters */
function main(source, filters) {
  const sysroot = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).stdout.trim();
  const cargo = join(sysroot, 'bin/cargo');
  const tests = builtTests(source, cargo);
  // Tests start the program beside them, and leave what they made until they run again.
  const place = join(dirname(dirname(tests)), 'cargo');
  rmSync(join(dirname(dirname(place)), 'tmp/cit'), { recursive: true, force: true });
  const script = `#!/bin/sh\nexec '${process.execPath}' '${import.meta.filename}' --in-cargos-place "$@"\n`;
  rmSync(place, { force: true });
  writeFileSync(place, script);
  chmodSync(place, 0o755);
  const calls = join(mkdtempSync(join(tmpdir(), 'kaon-cargo-tests-')), 'calls');
  writeFileSync(calls, '');
  spawnSync(tests, ['--test-threads', '2', ...filters], {
    cwd: source,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PATH: `${join(sysroot, 'bin')}:${process.env['PATH']}`,
      ORACLE_CALLS: calls,
      ORACLE_CARGO: cargo,
      ORACLE_KAON: resolve(import.meta.dirname, '../../bin/kaon'),
    },
  });
  tell(
    readFileSync(calls, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  );
}

/** Builds Cargo's tests; answers their program. @param {string} source @param {string} cargo */
function builtTests(source, cargo) {
  const words = ['test', '--no-run', '--locked', '--test', 'testsuite', '--message-format', 'json'];
  const built = spawnSync(cargo, words, {
    ...{ cwd: source, encoding: 'utf8', maxBuffer: large, stdio: ['ignore', 'pipe', 'inherit'] },
    env: { ...process.env, CARGO_PROFILE_TEST_DEBUG: '0', CARGO_PROFILE_DEV_DEBUG: '0' },
  });
  const made = /"executable":"([^"]*\/testsuite-[^"]*)"/.exec(built.stdout ?? '')?.[1];
  if (built.status !== 0 || made === undefined) throw new Error(`cannot build tests in ${source}`);
  return made;
}

/** @param {readonly Call[]} calls */
function tell(calls) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const call of calls) {
    const { test, words, cargo, kaon } = call;
    const what = endingOf(call);
    counts[what] = (counts[what] ?? 0) + 1;
    const title = `${test}: ${words.join(' ')}`;
    if (cargo.isDone !== kaon.isDone)
      console.log(
        `\n${what}: ${title}\n--- Cargo\n${cargo.said.slice(-600)}\n--- kaon\n${kaon.said.slice(-600)}`,
      );
    else if (cargo.isDone) tellCompiled(title, call);
  }
  console.log(`\n${calls.length} calls: ${JSON.stringify(counts)}`);
}

/** @param {Call} call */
function endingOf({ cargo, kaon }) {
  if (cargo.isDone) return kaon.isDone ? 'both end well' : 'only Cargo ends well';
  return kaon.isDone ? 'only kaon ends well' : 'neither ends well';
}

/** @param {string} title @param {Call} call */
function tellCompiled(title, { words, cargo, kaon }) {
  if (words.some((word) => otherLines.test(word))) return;
  const [theirs, ours] = [compiled(cargo.said), compiled(kaon.said)];
  const missing = [...theirs].filter((name) => !ours.has(name));
  const extra = [...ours].filter((name) => !theirs.has(name));
  if (missing.length > 0) console.log(`compiled by Cargo alone: ${missing.join(', ')} (${title})`);
  if (extra.length > 0) console.log(`compiled by kaon alone: ${extra.join(', ')} (${title})`);
}

/** @param {string} said */
function compiled(said) {
  const lines = said.matchAll(
    /(?:(?:Compiling|Checking) (?!crate )(\S+) v|Compiling crate (\S+) )/g,
  );
  return new Set([...lines].map(([, its, ours]) => its ?? ours));
}

/** What tests call as Cargo. @param {readonly string[]} words */
function standIn(words) {
  const { HOME: home = '', ORACLE_CARGO: cargo = 'cargo', ORACLE_CALLS: calls } = process.env;
  const root = dirname(home);
  const command = kaonsWords(words);
  const isStable = process.env['__CARGO_TEST_CHANNEL_OVERRIDE_DO_NOT_USE_THIS'] !== 'nightly';
  const isOfTest = basename(home) === 'home' && `${process.cwd()}/`.startsWith(`${root}/`);
  if (calls === undefined || command === undefined || !isStable || !isOfTest || !claimed(root)) {
    const { status } = spawnSync(cargo, words, { stdio: 'inherit' });
    process.exit(status ?? 101);
  }
  const before = `${root}.before`;
  rmSync(before, { recursive: true, force: true });
  spawnSync('cp', ['-a', root, before]);
  const cwd = process.cwd();
  const theirs = called(cargo, words, cwd);
  const ours = asBefore(root, before, () =>
    called(process.env['ORACLE_KAON'] ?? 'kaon', command, cwd),
  );
  const test = root.split('/cit/').at(-1) ?? root;
  appendFileSync(
    calls,
    `${JSON.stringify({ test, words, cargo: theirs.ended, kaon: ours.ended })}\n`,
  );
  rmSync(`${root}.claimed`, { recursive: true, force: true });
  process.stdout.write(theirs.stdout);
  process.stderr.write(theirs.stderr);
  process.exitCode = theirs.status;
}

/** The same words for kaon; undefined for what it has no like of. @param {readonly string[]} words */
function kaonsWords([first = '', ...rest]) {
  if (rest.some((word) => word.startsWith('-Z'))) return undefined;
  const meant = { build: 'build', b: 'build', check: 'build', c: 'build', run: 'run', r: 'run' };
  const name = Object.entries({ ...meant, test: 'test', t: 'test' }).find(
    ([word]) => word === first,
  );
  return name === undefined ? undefined : [name[1], ...rest];
}

/** Tests may call several Cargos at once: one of them is compared. @param {string} root */
function claimed(root) {
  try {
    mkdirSync(`${root}.claimed`);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} program @param {readonly string[]} words @param {string} cwd */
function called(program, words, cwd) {
  const isCargo = program === process.env['ORACLE_CARGO'];
  const { status, stdout, stderr } = spawnSync(program, words, {
    ...{ cwd, maxBuffer: large, stdio: [isCargo ? 'inherit' : 'ignore', 'pipe', 'pipe'] },
    ...(!isCargo && { timeout: longestMs, killSignal: 'SIGKILL' }),
  });
  const said = `${stdout}${stderr}`;
  return { status: status ?? 101, stdout, stderr, ended: { isDone: status === 0, said } };
}

/**
 * Does something while a copy stands in the place of a folder, with the build directories of the time before.
 * @template T @param {string} root @param {string} copy @param {() => T} work @returns {T}
 */
function asBefore(root, copy, work) {
  const [away, kept] = [`${root}.away`, `${root}.kept`];
  renameSync(root, away);
  renameSync(copy, root);
  try {
    for (const name of existsSync(kept) ? readdirSync(kept) : []) {
      const folder = join(root, name.replaceAll('%', '/'));
      if (existsSync(dirname(folder)) && !existsSync(folder)) renameSync(join(kept, name), folder);
    }
    return work();
  } finally {
    mkdirSync(kept, { recursive: true });
    for (const folder of buildFolders(root)) {
      const name = join(kept, relative(root, folder).replaceAll('/', '%'));
      rmSync(name, { recursive: true, force: true });
      renameSync(folder, name);
    }
    spawnSync('chmod', ['-R', 'u+w', root]);
    rmSync(root, { recursive: true, force: true });
    renameSync(away, root);
  }
}

/** @param {string} root @returns {readonly string[]} */
function buildFolders(root) {
  const found = readdirSync(root, { recursive: true, withFileTypes: true });
  return found
    .filter((one) => one.name === 'meson-private' && basename(one.parentPath) === 'build')
    .map((one) => one.parentPath);
}
