import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localRegistry } from '../support/local-registry.ts';
import { type Project, project, told } from '../support/project.ts';

const head = '[package]\nname = "tool"\nversion = "1.0.0"\nedition = "2021"\n';
const crates = [
  { name: 'leaf', version: '1.0.0' },
  { name: 'leaf', version: '2.0.0' },
  { name: 'sum', version: '1.0.0', needs: { leaf: '1' }, mayNeed: { more: '1' } },
  { name: 'more', version: '1.0.0' },
];

/** A package of its own that gets its crates from a folder. */
function withCrates(
  dependencies: string,
  main: string,
  more: Record<string, string> = {},
): Project {
  const made = project({
    'Cargo.toml': `${head}[dependencies]\n${dependencies}`,
    'src/main.rs': main,
    ...more,
  });
  made.write('.cargo/config.toml', localRegistry(join(made.folder, 'registry'), crates));
  return made;
}

/** What Cargo would make of the lock file: nothing, where it says it is as it should be. */
function isAsCargoWants({ folder }: Project): boolean {
  return spawnSync('cargo', ['tree', '--locked', '--offline'], { cwd: folder }).status === 0;
}

/** An environment with all that this one has, but for Cargo. */
function withoutCargo({ folder }: Project): Record<string, string> {
  const path = (process.env['PATH'] ?? '').split(':').map((from, at) => {
    if (!existsSync(join(from, 'cargo'))) return from;
    const tools = join(folder, `tools-${at}`);
    mkdirSync(tools);
    for (const name of readdirSync(from))
      if (name !== 'cargo' && name !== 'rustc') symlinkSync(join(from, name), join(tools, name));
    return tools;
  });
  // Where rustup stands before it, a compiler is found by that alone.
  const { stdout } = spawnSync('rustc', ['--print=sysroot'], { encoding: 'utf8' });
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  symlinkSync(join(stdout.trim(), 'bin/rustc'), join(tools, 'rustc'));
  return { PATH: [tools, ...path].join(':'), CARGO_HOME: join(folder, 'nowhere') };
}

test('a dependency written by hand is locked by the next build, and nothing else is changed', () => {
  const made = withCrates('sum = "1"\n', 'fn main() { println!("{}", sum::sum()); }\n');
  const first = made.kaon([]);
  expect(first.status, told(first)).toBe(0);
  expect(told(first)).not.toContain('brought up to date');
  made.write('Cargo.toml', `${head}[dependencies]\nsum = "1"\nleaf = "2"\n`);
  made.write('src/main.rs', 'fn main() { println!("{} {}", sum::sum(), leaf::leaf()); }\n');
  const run = made.kaon(['run']);
  expect(run.stdout, told(run)).toMatch(/^2 2$/m);
  expect(told(run)).toMatch(/^Cargo\.lock brought up to date: \+ leaf 2\.0\.0$/m);
  expect(isAsCargoWants(made)).toBe(true);
  expect(told(made.kaon([]))).toContain('up to date');
  // One that nothing needs any more goes, as does what only it needed.
  made.write('Cargo.toml', `${head}[dependencies]\nleaf = "2"\n`);
  made.write('src/main.rs', 'fn main() { println!("{}", leaf::leaf()); }\n');
  expect(told(made.kaon([]))).toContain('Cargo.lock brought up to date: - leaf 1.0.0, - sum 1.0.0');
  expect(isAsCargoWants(made)).toBe(true);
});

test('a feature that needs another crate has it locked, in a build directory of any age', () => {
  const made = withCrates('sum = "1"\n', 'fn main() {}\n');
  expect(made.kaon([]).status).toBe(0);
  const old = made.read('Cargo.lock');
  made.write('Cargo.toml', `${head}[dependencies]\nsum = { version = "1", features = ["more"] }\n`);
  made.write('src/main.rs', 'fn main() { println!("{}", sum::more::more()); }\n');
  const run = made.kaon(['run']);
  expect(run.stdout, told(run)).toMatch(/^1$/m);
  expect(told(run)).toContain('Cargo.lock brought up to date: + more 1.0.0');
  made.write('Cargo.lock', old);
  rmSync(join(made.folder, 'build'), { recursive: true });
  const fresh = made.kaon(['run']);
  expect(fresh.stdout, told(fresh)).toMatch(/^1$/m);
  expect(told(fresh)).toContain('Cargo.lock brought up to date: + more 1.0.0');
  made.write('Cargo.toml', `${head}[dependencies]\nsum = "1"\n`);
  made.write('src/main.rs', 'fn main() {}\n');
  expect(told(made.kaon([]))).toContain('Cargo.lock brought up to date: - more 1.0.0');
  expect(made.read('Cargo.lock')).toBe(old);
});

test('a lock without checksums gets them, and --locked refuses it', () => {
  const made = withCrates('leaf = "1"\n', 'fn main() { println!("{}", leaf::leaf()); }\n');
  expect(made.kaon([]).status).toBe(0);
  const locked = made.read('Cargo.lock');
  made.write('Cargo.lock', locked.replace(/^checksum = .*\n/m, ''));
  expect(told(made.kaon(['--locked']))).toContain('because --locked was passed');
  const run = made.kaon(['run']);
  expect(run.stdout, told(run)).toMatch(/^1$/m);
  expect(made.read('Cargo.lock')).toBe(locked);
});

test('a feature that a command alone asks for brings crates that are not locked, and the lock stays as it is', () => {
  const made = withCrates('sum = "1"\n', 'fn main() { println!("{}", sum::more::more()); }\n');
  spawnSync('cargo', ['generate-lockfile', '--offline'], { cwd: made.folder });
  const locked = made.read('Cargo.lock');
  const run = made.kaon(['run', '--features', 'sum/more']);
  expect(run.stdout, told(run)).toMatch(/^1$/m);
  expect(made.read('Cargo.lock')).toBe(locked);
  expect(told(made.kaon([]))).toContain('up to date');
  expect(made.kaon(['--locked']).status).toBe(0);
});

test('the same of a folder beside the workspace; without Cargo it is told', () => {
  const made = withCrates(
    'side = { path = "side" }\n[workspace]\nexclude = ["side"]\n',
    'fn main() {}\n',
    {
      'side/Cargo.toml': `${head.replace('tool', 'side')}[dependencies]\nmore = { version = "1", optional = true }\n`,
      'side/src/lib.rs': '',
    },
  );
  expect(made.kaon([]).status).toBe(0);
  const alone = made.kaon(['--features', 'side/more'], { env: withoutCargo(made) });
  expect(alone.status).not.toBe(0);
  expect(told(alone)).toContain('ERROR: more of side is not in Cargo.lock');
  expect(made.kaon(['--features', 'side/more']).status).toBe(0);
});

test('a member that comes, goes or has another version is one in the lock file', () => {
  const made = project({
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n',
    'crates/one/Cargo.toml': head.replace('tool', 'one'),
    'crates/one/src/main.rs': 'fn main() { println!("{}", env!("CARGO_PKG_VERSION")); }\n',
  });
  expect(made.kaon([]).status).toBe(0);
  made.write('crates/one/Cargo.toml', head.replace('tool', 'one').replace('1.0.0', '1.1.0'));
  const run = made.kaon(['run']);
  expect(run.stdout).toMatch(/^1\.1\.0$/m);
  expect(made.read('Cargo.lock')).toContain('version = "1.1.0"');
  made.write('crates/two/Cargo.toml', head.replace('tool', 'two'));
  made.write('crates/two/src/lib.rs', '');
  expect(told(made.kaon([]))).toContain('Cargo.lock brought up to date');
  expect(isAsCargoWants(made)).toBe(true);
  rmSync(join(made.folder, 'crates/two'), { recursive: true });
  expect(made.kaon([]).status).toBe(0);
  expect(isAsCargoWants(made)).toBe(true);
});

test('--locked and --frozen refuse a lock that does not fit, as Cargo does, and leave it as it is', () => {
  const made = withCrates('sum = "1"\n', 'fn main() {}\n');
  expect(made.kaon([]).status).toBe(0);
  const old = made.read('Cargo.lock');
  made.write('Cargo.toml', `${head}[dependencies]\nsum = "1"\nleaf = "2"\n`);
  for (const word of ['--locked', '--frozen']) {
    rmSync(join(made.folder, 'build'), { recursive: true });
    const refused = made.kaon([word]);
    expect(refused.status).toBe(2);
    expect(told(refused)).toMatch(
      /ERROR: cannot update the lock file \S+Cargo\.lock because --locked was passed/,
    );
    expect(made.read('Cargo.lock')).toBe(old);
  }
  // What is on this machine will do where only the network is forbidden.
  rmSync(join(made.folder, 'build'), { recursive: true });
  const offline = made.kaon(['--offline']);
  expect(offline.status, told(offline)).toBe(0);
  expect(told(offline)).toContain('Cargo.lock brought up to date: + leaf 2.0.0');
});

test('what no registry has is told in the words of Cargo', () => {
  const made = withCrates('leaf = "1"\n', 'fn main() {}\n');
  expect(made.kaon([]).status).toBe(0);
  made.write('Cargo.toml', `${head}[dependencies]\nleaf = "1"\nnowhere = "3"\n`);
  const refused = made.kaon([]);
  expect(refused.status).toBe(2);
  expect(told(refused)).toMatch(
    /Cargo\.toml:7:0: ERROR: no matching package named `nowhere` found\n +7 \| nowhere = "3"\n/,
  );
});

test('without cargo on the machine the line of Cargo.toml is told that the lock does not have', () => {
  const made = withCrates('leaf = "1"\n', 'fn main() {}\n');
  expect(made.kaon([]).status).toBe(0);
  made.write('Cargo.toml', `${head}[dependencies]\nleaf = "2"\n`);
  const refused = made.kaon([], { env: withoutCargo(made) });
  expect(refused.status).toBe(2);
  expect(told(refused)).toMatch(/ERROR: "leaf" 2 of tool is not in Cargo\.lock, which has 1\.0\.0/);
});

test('a workspace in a project of Meson gets and keeps its lock, whoever reads it', () => {
  const registry = (made: Project, folder: string) =>
    made.write(`${folder}.cargo/config.toml`, localRegistry(join(made.folder, 'registry'), crates));
  const library = (more: string) => `${head}[dependencies]\nleaf = "1"\n${more}[lib]\n`;
  const use = (folder: string) =>
    `project('top', 'rust', meson_version: '>= 1.12.0')\nimport('rust').workspace(${folder})\n`;
  const inside = project({
    'meson.build': use("'rust'"),
    'rust/Cargo.toml': library(''),
    'rust/src/lib.rs': 'pub use leaf::leaf;\n',
  });
  registry(inside, 'rust/');
  const whole = project({
    'meson.build': use(''),
    'Cargo.toml': library(''),
    'src/lib.rs': 'pub use leaf::leaf;\n',
  });
  registry(whole, '');
  for (const [made, lock] of [
    [inside, 'rust/Cargo.lock'],
    [whole, 'Cargo.lock'],
  ] as const) {
    const first = made.kaon([]);
    expect(existsSync(join(made.folder, lock)), told(first)).toBe(true);
    expect(first.status, told(first)).toBe(0);
    made.write(lock.replace('.lock', '.toml'), library('sum = "1"\n'));
    const second = made.kaon([]);
    expect(second.status, told(second)).toBe(0);
    expect(told(second)).toContain(`${lock} brought up to date: + sum 1.0.0`);
    expect(told(made.kaon([]))).toContain('up to date');
  }
});
