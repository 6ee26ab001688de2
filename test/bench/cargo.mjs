// `node test/bench/cargo.mjs [--rounds 3] [--folder FOLDER] [WORKSPACE…]`
// Builds Cargo workspaces with Cargo and with kaon, in turns: from clean, with nothing to do, and with
// one `main.rs` edited. Without arguments: a small one, and the vhost-user daemon of the templates.
// Workspaces that are named have a Cargo.lock, and their crates have been fetched; they are copied.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fairEnvironment } from '../support/fair-environment.mjs';
import { makeTools } from './workload.mjs';

const root = resolve(import.meta.dirname, '../..');
const { values: options, positionals: named } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    folder: { type: 'string', default: join(tmpdir(), 'kaon-bench') },
  },
});
const rounds = Number(options.rounds);
const place = join(options.folder, 'cargo');
const tools = join(options.folder, 'tools');
const cache = join(place, 'cache');
makeTools(tools);

const environment = fairEnvironment({
  PATH: `${tools}${delimiter}${process.env['PATH']}`,
  // What kaon remembers for a user is to be of this run.
  XDG_CACHE_HOME: cache,
});

/** @typedef {{ name: string, argv: readonly string[], output: string }} Builder */
/** @type {readonly Builder[]} */
const builders = [
  { name: 'kaon', argv: [join(root, 'bin/kaon')], output: 'build' },
  { name: 'cargo', argv: ['cargo', 'build', '--locked', '--offline'], output: 'target' },
];

/** @typedef {{ cpu: number, wall: number }} Measured */
/** @type {string[][]} */
const table = [];
for (const [name, folder] of workspaces()) measure(name, folder);
print();

/** @returns {readonly (readonly [name: string, folder: string])[]} */
function workspaces() {
  if (named.length > 0) return named.map((folder) => [basename(folder), copied(resolve(folder))]);
  const daemon = template('vhost-user-daemon');
  /** @type {[string, string][]} */
  const all = [['small', small()]];
  if (daemon !== undefined) all.push(['vhost-user daemon', daemon]);
  return all;
}

/** @param {string} name @param {string} folder */
function measure(name, folder) {
  const crates = readFileSync(join(folder, 'Cargo.lock'), 'utf8').split('[[package]]').length - 1;
  const label = `${name} (${crates} packages)`;
  const clean = inTurns(folder, ({ output }) => {
    rmSync(join(folder, output), { recursive: true, force: true });
    // What was built before is not to be taken from the cache.
    rmSync(join(cache, 'kaon/actions'), { recursive: true, force: true });
  });
  row(`${label}, clean`, clean, 1);
  // Once more, for what is noted only when all has settled.
  for (const { argv } of builders) for (let time = 0; time < 2; time++) run(argv, folder);
  row(
    `${label}, no-op`,
    inTurns(folder, () => {}),
    0.3,
  );
  const main = mainIn(folder);
  let edit = 0;
  const edited = inTurns(folder, () => {
    appendFileSync(main, `\nconst _EDIT_${process.pid}_${edit++}: u32 = ${edit};\n`);
  });
  row(`${label}, one main.rs edited`, edited, 0.8);
}

/** @param {string} folder @param {(builder: Builder) => void} before */
function inTurns(folder, before) {
  /** @type {Map<string, Measured[]>} */
  const all = new Map();
  for (let round = 0; round < rounds; round++)
    for (const builder of builders) {
      before(builder);
      // Stamps of an edit are to be older than a tick of the file system's clock.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      all.set(builder.name, [...(all.get(builder.name) ?? []), run(builder.argv, folder)]);
    }
  return all;
}

/** @param {readonly string[]} argv @param {string} cwd @returns {Measured} */
function run(argv, cwd) {
  const report = join(place, 'measured');
  const startedAt = performance.now();
  const done = spawnSync(join(tools, 'measure'), [report, ...argv], {
    cwd,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const wall = performance.now() - startedAt;
  if (done.status !== 0) throw new Error(`${argv.join(' ')}: ${done.stdout}${done.stderr}`);
  const [micros = 0] = readFileSync(report, 'utf8').split(' ').map(Number);
  return { cpu: micros / 1000, wall };
}

/** @param {string} label @param {Map<string, Measured[]>} all @param {number} most */
function row(label, all, most) {
  const least = (/** @type {string} */ name, /** @type {'cpu' | 'wall'} */ what) =>
    Math.min(...(all.get(name) ?? []).map((one) => one[what]));
  const cells = /** @type {const} */ (['cpu', 'wall']).flatMap((what) => {
    const [ours, theirs] = [least('kaon', what), least('cargo', what)];
    return [ours.toFixed(0), theirs.toFixed(0), (ours / theirs).toFixed(2)];
  });
  table.push([label, ...cells, `≤ ${most}×`]);
}

function print() {
  const heads = ['workload', 'CPU kaon', 'cargo', 'ratio', 'wall kaon', 'cargo', 'ratio', 'target'];
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...table.map((cells) => (cells[at] ?? '').length)),
  );
  console.log(`Milliseconds, minimum of ${rounds} rounds; CPU with children\n`);
  for (const cells of [heads, ...table])
    console.log(
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

/** The first program of a workspace. @param {string} folder */
function mainIn(folder) {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)src\/main\.rs$/.test(path) && !/(^|\/)(target|build)\//.test(path))
    .sort((one, other) => one.length - other.length);
  if (found[0] !== undefined) return join(folder, found[0]);
  throw new Error(`${folder} has no src/main.rs`);
}

/** @param {string} folder */
function copied(folder) {
  const copy = join(place, basename(folder));
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, {
    recursive: true,
    filter: (path) => !['target', 'build', '.git'].includes(basename(path)) || path === folder,
  });
  return copy;
}

/** A template with its lock; nothing where its crates cannot be had. @param {string} name */
function template(name) {
  const folder = copied(join(root, 'rust-project-templates', name));
  for (const path of ['Cargo.toml', 'src/main.rs', 'src/lib.rs']) {
    const text = readFileSync(join(folder, path), 'utf8');
    const filled = text.replaceAll('@NAME@', 'bench-daemon').replaceAll('@CRATE@', 'bench_daemon');
    writeFileSync(join(folder, path), filled);
  }
  const kept = join(options.folder, `${name}.lock`);
  if (existsSync(kept)) cpSync(kept, join(folder, 'Cargo.lock'));
  const fetched = spawnSync('cargo', ['fetch'], { cwd: folder, encoding: 'utf8' });
  if (fetched.status === 0) {
    cpSync(join(folder, 'Cargo.lock'), kept);
    return folder;
  }
  console.log(`The crates of ${name} cannot be had, so it is skipped:\n${fetched.stderr}`);
  return undefined;
}

/** Three packages that need nobody else's: a library with a build script, a macro, a program. */
function small() {
  const folder = join(place, 'small');
  rmSync(folder, { recursive: true, force: true });
  const manifest = (/** @type {string} */ name, /** @type {string} */ rest) =>
    `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${rest}`;
  const functions = Array.from(
    { length: 400 },
    (_, at) =>
      `pub fn part_${at}(x: u64) -> Vec<String> { (0..x).map(|y| format!("{y} ${at}")).collect() }\n`,
  ).join('');
  /** @type {Record<string, string>} */
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["parts", "macros", "program"]\nresolver = "2"\n',
    'parts/Cargo.toml': manifest('parts', ''),
    'parts/build.rs': 'fn main() { println!("cargo::rerun-if-changed=build.rs"); }\n',
    'parts/src/lib.rs': functions,
    'macros/Cargo.toml': manifest('macros', '[lib]\nproc-macro = true\n'),
    'macros/src/lib.rs':
      'use proc_macro::TokenStream;\n#[proc_macro]\npub fn same(input: TokenStream) -> TokenStream { input }\n',
    'program/Cargo.toml': manifest(
      'program',
      '[dependencies]\nparts = { path = "../parts" }\nmacros = { path = "../macros" }\n',
    ),
    'program/src/main.rs': 'fn main() { println!("{:?}", parts::part_7(macros::same!(3))); }\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  spawnSync('cargo', ['generate-lockfile', '--offline'], { cwd: folder });
  return folder;
}
