// QEMU's source by apt, Meson by pip, and what QEMU's `configure` makes before it calls `meson setup`.
//
// What cannot be had is skipped, with a word.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fairEnvironment } from './fair-environment.mjs';

/** The Meson that kaon is compared with. */
const mesonVersion = '1.12.1';

/** What CI measures and compares. */
export const smallVariant = [
  ...['--target-list=x86_64-softmmu,aarch64-softmmu', '--disable-docs', '--disable-download'],
  ...['--disable-install-blobs', '--disable-rust'],
];

/**
 * @typedef {object} QemuYard
 * @property {string} folder Where sources, tools and build directories lie.
 * @property {string} kaon The program.
 * @property {NodeJS.ProcessEnv} environment In which all of them run.
 */

/** @param {string} folder @param {string} kaon @returns {QemuYard} */
export function qemuYard(folder, kaon) {
  mkdirSync(folder, { recursive: true });
  // Version managers' shims start a shell for each python.
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((each) => !/shims$/.test(each));
  const environment = fairEnvironment({
    ...{ PATH: path.join(delimiter), XDG_CACHE_HOME: join(folder, 'cache') },
    MAKEFLAGS: '',
  });
  return { folder, kaon, environment };
}

/**
 * The folder of QEMU's source as Debian 13 (trixie) has it; undefined where it is not to be had.
 * @param {QemuYard} yard
 */
export function sourceByApt(yard) {
  const { folder } = yard;
  const unpacked = () => readdirSync(folder).find((name) => /^qemu-[\d.]/.test(name));
  const there = unpacked();
  if (there !== undefined) return join(folder, there);
  const targets = ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'];
  const listed = run(yard, ['apt-get', ...targets, 'Origin: Debian', 'Label: Debian']);
  const [mirror] = listed?.split('\n').filter((line) => line !== '') ?? [];
  if (mirror === undefined) return skip('there is no apt with a mirror of Debian');
  const lists = join(folder, 'apt');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  const list = join(folder, 'sources.list');
  writeFileSync(list, `deb-src ${mirror} trixie main\n`);
  const own = [
    ...['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Etc::SourceList=${list}`],
    ...['-o', 'Dir::Etc::SourceParts=/dev/null', '-o', 'APT::Sandbox::User=root', '-q'],
  ];
  if (run(yard, ['apt-get', ...own, 'update']) === undefined) return skip('apt cannot update');
  if (run(yard, ['apt-get', ...own, 'source', 'qemu']) === undefined)
    return skip("apt cannot get QEMU's source (it needs dpkg-dev)");
  const name = unpacked();
  return name === undefined ? skip('apt unpacked nothing') : join(folder, name);
}

/** The command of a Meson that pip brings, without installing it. @param {QemuYard} yard */
export function mesonByPip(yard) {
  const { folder } = yard;
  const unpacked = join(folder, `meson-${mesonVersion}`);
  const archive = `${unpacked}.tar.gz`;
  const download = ['-m', 'pip', 'download', '-q', '--no-deps', '--no-binary', ':all:'];
  if (!existsSync(archive))
    run(yard, ['python3', ...download, '-d', folder, `meson==${mesonVersion}`]);
  if (!existsSync(unpacked)) run(yard, ['tar', 'xzf', archive, '-C', folder]);
  return existsSync(unpacked)
    ? ['python3', join(unpacked, 'meson.py')]
    : skip('pip cannot get Meson');
}

/**
 * @typedef {object} Prepared
 * @property {string} place What `configure` made; a build directory begins as its copy.
 * @property {readonly string[]} words What it says to `meson setup` there, but for the two folders.
 */

/**
 * Runs QEMU's `configure` once, with kaon as its Meson, and keeps what it made before that.
 * @param {QemuYard} yard
 * @param {string} source
 * @param {string} name
 * @param {readonly string[]} words Of `configure`.
 * @returns {Prepared | undefined}
 */
export function prepare(yard, source, name = 'small', words = smallVariant) {
  const place = join(yard.folder, 'prepared', name);
  const kept = `${place}.json`;
  if (!existsSync(kept)) {
    const python = join(yard.folder, 'kaon-env');
    const build = join(yard.folder, 'build');
    rmSync(build, { recursive: true, force: true });
    mkdirSync(build);
    const tools = [`--python=${python}/bin/python3`, `--ninja=${python}/bin/ninja`];
    if (run(yard, [yard.kaon, 'as-meson', python]) === undefined)
      return skip('there is no Python with venv');
    if (run(yard, [join(source, 'configure'), ...tools, ...words], build) === undefined)
      return skip(`QEMU's configure fails: see ${build}/meson-logs and config.log`);
    const said = setupWords(build);
    removeSetup(build);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(join(yard.folder, 'prepared'), { recursive: true });
    renameSync(build, place);
    writeFileSync(kept, JSON.stringify(said));
  }
  return { place, words: JSON.parse(readFileSync(kept, 'utf8')) };
}

/** Options and machine files that `configure` gave; those in the build directory by their names. @param {string} build */
function setupWords(build) {
  const said = readFileSync(join(build, 'meson-private/cmd_line.txt'), 'utf8');
  const [, given = ''] = /\[options\]\n([^[]*)/.exec(said) ?? [];
  const lines = given.split('\n').filter((line) => line.includes(' = '));
  const options = lines.map((line) => `-D${line.replace(' = ', '=')}`);
  const files = ['native', 'cross'].flatMap((kind) => {
    const [, list = ''] = new RegExp(`^${kind}_file = \\[(.*)\\]$`, 'm').exec(said) ?? [];
    const paths = [...list.matchAll(/'([^']*)'/g)].map(([, path = '']) => path);
    return paths.flatMap((path) => [`--${kind}-file`, path.replace(`${build}/`, '')]);
  });
  return [...options, ...files];
}

/** Takes out what the setup made: the machine file is the last that `configure` writes before. @param {string} build */
function removeSetup(build) {
  const { mtimeMs } = lstatSync(join(build, 'config-meson.cross'));
  const entries = readdirSync(build, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isDirectory() && lstatSync(path).mtimeMs > mtimeMs) rmSync(path);
  }
  for (const name of readdirSync(build))
    if (/^(meson-.*|qemu-bundle)$/.test(name)) rmSync(join(build, name), { recursive: true });
}

/** Output of a command that went well. @param {QemuYard} yard @param {readonly string[]} argv */
function run({ folder, environment }, [program = '', ...args], cwd = folder) {
  const ran = spawnSync(program, args, { cwd, encoding: 'utf8', env: environment, maxBuffer: 2e9 });
  if (ran.status === 0) return ran.stdout;
  process.stderr.write((ran.stderr ?? `${program} is not there\n`).slice(-2000));
  return undefined;
}

/** @param {string} why @returns {undefined} */
function skip(why) {
  console.log(`Skipped: ${why}.`);
}
