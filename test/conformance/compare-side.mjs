// What one tool makes of a project: its introspection, its compile commands, and if asked the results
// of its tests and what it installs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { normalised } from './compare-normalise.mjs';
import { isShown, normalised as textNormalised } from './compare-output-explained.mjs';

/** JSON of unknown shape. @typedef {any} Json */

/**
 * @typedef {object} Side
 * @property {string} [failure] The end of what a step that failed has printed.
 * @property {string[]} said What the setup prints, without what is never compared.
 * @property {Record<string, Json>} facts
 * @property {Record<string, number>} seconds CPU seconds, children included, by step.
 */

export const kinds = [
  ...['targets', 'tests', 'benchmarks', 'buildoptions', 'install_plan', 'installed'],
  ...['projectinfo', 'dependencies', 'machines', 'compilers', 'buildsystem_files'],
];

/**
 * @typedef {object} Work
 * @property {string[]} command The tool's command line.
 * @property {string} source
 * @property {string} folder Where the build directory and the installed tree go.
 * @property {readonly string[]} setupOptions
 * @property {boolean} build
 * @property {boolean} test
 * @property {boolean} install
 * @property {string} [begin] What the build directory is a copy of when the setup starts, there.
 * @property {NodeJS.ProcessEnv} [environment] Else the own one.
 */

/** @param {Work} work @returns {Side} */
export function oneSide(work) {
  const { command, source, folder, setupOptions, build, test, install, begin } = work;
  const directory = join(folder, 'build');
  const staging = join(folder, 'staging');
  for (const stale of [directory, staging]) rmSync(stale, { recursive: true, force: true });
  if (begin !== undefined) cpSync(begin, directory, { recursive: true, verbatimSymlinks: true });
  const cwd = begin === undefined ? undefined : directory;
  const environment = { ...(work.environment ?? process.env), NO_COLOR: '1', DESTDIR: staging };
  /** @type {Side} */
  const side = { said: [], facts: {}, seconds: {} };
  /** @type {(name: string, words: string[], fatal?: boolean) => boolean} */
  const step = (name, words, fatal = true) => {
    const ran = runTimed([...command, ...words], environment, cwd);
    side.seconds[name] = ran.seconds;
    if (name === 'setup') side.said = saidLines(ran.output, source, directory);
    if (ran.status !== 0 && fatal) side.failure = `${name} fails\n${ran.output.slice(-3000)}`;
    return ran.status === 0;
  };
  if (!step('setup', ['setup', ...setupOptions, directory, source])) return side;
  for (const kind of kinds) {
    const path = join(directory, 'meson-info', `intro-${kind}.json`);
    if (existsSync(path)) side.facts[kind] = normalised(kind, readJson(path));
  }
  const commands = join(directory, 'compile_commands.json');
  // Where a project has no language, ninja lists all commands, with each of their inputs.
  const compiles = Object.values(side.facts['compilers'] ?? {}).some(
    (languages) => Object.keys(languages).length > 0,
  );
  if (compiles && existsSync(commands))
    side.facts['compile_commands'] = compileCommands(readJson(commands));
  side.facts['generated'] = Object.fromEntries(generatedFiles(directory, ''));
  if ((build || test || install) && !step('compile', ['compile', '-C', directory])) return side;
  if (test) {
    step('test', ['test', '-C', directory, '--num-processes', '2'], false);
    side.facts['results'] = testResults(join(directory, 'meson-logs/testlog.json'));
  }
  if (install && step('install', ['install', '-C', directory, '--no-rebuild'])) {
    side.facts['staged'] = Object.fromEntries(stagedFiles(staging, ''));
  }
  return side;
}

/**
 * Runs a command; its CPU time is what the shell counts.
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} env
 * @param {string | undefined} cwd
 */
function runTimed(words, env, cwd) {
  const ran = spawnSync(
    'bash',
    ['--norc', '--noprofile', '-c', 'TIMEFORMAT="%U %S"; time "$0" "$@" 2>&1', ...words],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env,
      cwd,
    },
  );
  const [user = 0, system = 0] = (ran.stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { status: ran.status, output: ran.stdout, seconds: user + system };
}

/** @param {string} text @param {string} source @param {string} build */
function saidLines(text, source, build) {
  return textNormalised(text, { source, build }).filter(isShown);
}

/** @param {string} path @returns {Json} */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Compile commands by what they write. @param {Json[]} commands */
function compileCommands(commands) {
  return Object.fromEntries(
    commands.map(({ output, file, command }) => [output ?? file, { file, command }]),
  );
}

/** Results by name of the test. @param {string} path @returns {Record<string, string>} */
export function testResults(path) {
  if (!existsSync(path)) return {};
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => JSON.parse(line)).map(({ name, result }) => [name, result]),
  );
}

/**
 * Paths of an installed tree with what stands at each: mode, and where a link points.
 * @param {string} root
 * @param {string} inside
 * @returns {[string, string][]}
 */
export function stagedFiles(root, inside) {
  if (!existsSync(join(root, inside))) return [];
  return readdirSync(join(root, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = join(inside, entry.name);
    const whole = join(root, path);
    if (entry.isSymbolicLink()) return [[path, `-> ${readlinkSync(whole)}`]];
    if (entry.isDirectory()) return stagedFiles(root, path);
    return [[path, `${(lstatSync(whole).mode & 0o7777).toString(8)} ${contentOf(whole)}`]];
  });
}

/** What a tool keeps of its own in a build directory. */
const ownFiles =
  /^(meson-(info|logs)|\.kaon|build\.ninja|(compile_commands|rust-project)\.json|\.gitignore|\.hgignore|.*\.p\/[^/]*\.dat$|CACHEDIR\.TAG|meson-private\/(?!.*\.(pc|cmake)$))|__CMake_|\.ninja_/;

/**
 * Files that a setup has written, with what is in them.
 * @param {string} root
 * @param {string} inside
 * @returns {[string, string][]}
 */
function generatedFiles(root, inside) {
  return readdirSync(join(root, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = join(inside, entry.name);
    if (ownFiles.test(path)) return [];
    if (entry.isDirectory()) return generatedFiles(root, path);
    return entry.isFile() ? [[path, contentOf(join(root, path))]] : [];
  });
}

/**
 * A text as it is, anything else by its digest; a program by its size, as where installing writes a shorter
 * list of folders of libraries over a longer one, Meson leaves the end of that and kaon zeros.
 * @param {string} path
 */
function contentOf(path) {
  const bytes = readFileSync(path);
  if (bytes.length < 100_000 && !bytes.includes(0)) return bytes.toString('utf8');
  if (bytes.subarray(0, 4).toString('latin1') === '\x7fELF') return `ELF ${bytes.length}`;
  return createHash('sha256').update(bytes).digest('hex');
}
