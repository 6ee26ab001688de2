import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { localRegistry } from '../support/local-registry.ts';
import { type Project, project, told } from '../support/project.ts';

/** Git takes submodules of a folder only where it is told to. */
const gitEnvironment = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'protocol.file.allow',
  GIT_CONFIG_VALUE_0: 'always',
};

function run(folder: string, ...argv: readonly string[]): string {
  const [program = '', ...args] = argv;
  const env = { ...process.env, ...gitEnvironment };
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', env, stdio: 'pipe' });
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function commit(folder: string, files: Readonly<Record<string, string>>): string {
  write(folder, files);
  run(folder, 'git', 'add', '.');
  run(folder, 'git', 'commit', '-qm', 'more');
  return run(folder, 'git', 'rev-parse', 'HEAD').trim();
}

function repository(folder: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(folder, { recursive: true });
  run(folder, 'git', 'init', '-qb', 'main');
  return commit(folder, files);
}

/** A workspace in a repository, with a submodule: version 1.4 is tagged, 1.5 is a branch. */
function workspaceInGit(folder: string): string {
  repository(join(folder, 'sub'), { 'sub.rs': 'pub const SUB: i32 = 5;\n' });
  const repo = join(folder, 'repo');
  repository(repo, {
    'Cargo.toml':
      '[workspace]\nmembers = ["one", "two"]\nresolver = "2"\n[workspace.package]\nversion = "1.4.0"\nedition = "2021"\n[workspace.dependencies]\ntwo = { path = "two" }\n',
    'one/Cargo.toml':
      '[package]\nname = "one"\nversion.workspace = true\nedition.workspace = true\n[dependencies]\ntwo.workspace = true\n',
    'one/src/lib.rs':
      'include!("../sub/sub.rs");\npub fn one() -> i32 {\n    two::two() + SUB\n}\n',
    'two/Cargo.toml':
      '[package]\nname = "two"\nversion.workspace = true\nedition.workspace = true\n',
    'two/src/lib.rs': 'pub fn two() -> i32 {\n    2\n}\n',
  });
  run(repo, 'git', 'submodule', '-q', 'add', `file://${folder}/sub`, 'one/sub');
  // One that is nowhere, and need not be there.
  for (const [key, value] of Object.entries({
    path: 'one/gone',
    url: `file://${folder}/gone`,
    update: 'none',
  }))
    run(repo, 'git', 'config', '-f', '.gitmodules', `submodule.gone.${key}`, value);
  const known = run(join(folder, 'sub'), 'git', 'rev-parse', 'HEAD').trim();
  run(repo, 'git', 'update-index', '--add', '--cacheinfo', `160000,${known},one/gone`);
  run(repo, 'git', 'add', '.gitmodules');
  run(repo, 'git', 'commit', '-qm', 'sub');
  run(repo, 'git', 'tag', 'v1');
  const root =
    '[workspace]\nmembers = ["one", "two"]\nresolver = "2"\n[workspace.package]\nversion = "1.5.0"\nedition = "2021"\n[workspace.dependencies]\ntwo = { path = "two" }\n';
  const made = commit(repo, {
    'Cargo.toml': root,
    'two/src/lib.rs': 'pub fn two() -> i32 {\n    20\n}\n',
  });
  run(repo, 'git', 'branch', 'dev');
  return made;
}

function built(made: Project, words: readonly string[] = []): string {
  const home = { XDG_CACHE_HOME: join(made.folder, 'cache') };
  const done = made.kaon(words, { env: { ...gitEnvironment, ...home } });
  expect(done.status, told(done)).toBe(0);
  return run(made.folder, join(made.folder, 'build/target/debug/p'));
}

const head = '[package]\nname = "p"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n';

test('crates of a repository by tag, branch and commit: each as locked, submodules and all', ({
  skip,
}) => {
  const made = project({});
  const revision = workspaceInGit(made.folder);
  const url = `file://${made.folder}/repo`;
  write(made.folder, {
    'Cargo.toml': [
      head,
      `one = { git = "${url}", tag = "v1" }`,
      `uno = { package = "one", git = "${url}", branch = "dev" }`,
      `due = { package = "two", git = "${url}", rev = "${revision}" }`,
      '',
    ].join('\n'),
    'src/main.rs':
      'fn main() {\n    println!("{} {} {}", one::one(), uno::one(), due::two());\n}\n',
  });
  skip(!canLock(made.folder), 'this cargo cannot read a repository itself');
  expect(built(made)).toBe('7 25 20\n');
  commit(join(made.folder, 'repo'), { 'two/src/lib.rs': 'pub fn two() -> i32 {\n    99\n}\n' });
  expect(built(made, ['--frozen'])).toBe('7 25 20\n');
});

/** Debian's newer cargo was compiled for another libgit2 than it runs with, which refuses what it asks. */
function canLock(folder: string): boolean {
  try {
    run(folder, 'cargo', 'generate-lockfile');
    return true;
  } catch (error) {
    if (String(error).includes('git_proxy_options')) return false;
    throw error;
  }
}

const crates = [
  { name: 'leaf', version: '1.0.0' },
  { name: 'branch', version: '0.2.0', needs: { leaf: '1' } },
];

function vendored(): Project {
  const made = project({
    'Cargo.toml': `${head}branch = "0.2"\n`,
    'src/main.rs': 'fn main() {\n    println!("{}", branch::branch());\n}\n',
  });
  const registry = localRegistry(join(made.folder, 'registry'), crates);
  made.write('.cargo/config.toml', registry);
  run(made.folder, 'cargo', 'vendor', '--offline', '--respect-source-config');
  run(made.folder, 'mv', 'registry', 'gone');
  made.write(
    '.cargo/config.toml',
    '[source.crates-io]\nreplace-with = "here"\n[source.here]\ndirectory = "vendor"\n',
  );
  return made;
}

test('a folder of vendored crates stands for a registry, and each file is as it was vendored', () => {
  const made = vendored();
  expect(built(made, ['--frozen'])).toBe('1\n');
  made.write('vendor/leaf/src/lib.rs', 'pub fn leaf() -> i32 { 9 }\n');
  made.write('Cargo.toml', `${made.read('Cargo.toml')}# Read again.\n`);
  const refused = made.kaon(['--frozen']);
  expect(refused.status).toBe(2);
  expect(told(refused)).toContain('vendor/leaf/src/lib.rs is not as its checksum says');
});

test('a source that --config names makes the lock file, and brings the crates', () => {
  const made = vendored();
  made.write('.cargo/config.toml', '');
  run(made.folder, 'rm', 'Cargo.lock');
  const said = ['source.crates-io.replace-with = "here"', 'source.here.directory = "vendor"'];
  expect(built(made, ['--offline', ...said.flatMap((one) => ['--config', one])])).toBe('1\n');
});

test('one version of a crate from two registries is two crates', () => {
  const made = project({
    'Cargo.toml': `${head}leaf = "1"\nbranch = { version = "0.2", registry = "other" }\n`,
    'src/main.rs': 'fn main() {\n    println!("{} {}", leaf::leaf(), branch::branch());\n}\n',
  });
  const first = localRegistry(join(made.folder, 'first'), [{ name: 'leaf', version: '1.0.0' }]);
  localRegistry(join(made.folder, 'second'), [
    { name: 'leaf', version: '1.0.0', features: ['more'] },
    { name: 'branch', version: '0.2.0', needs: { leaf: '1' } },
  ]);
  made.write(
    '.cargo/config.toml',
    [
      first,
      '[registries.other]',
      `index = "sparse+https://other.invalid/index/"`,
      '[source.other]',
      'registry = "sparse+https://other.invalid/index/"',
      'replace-with = "second"',
      '[source.second]',
      `local-registry = "${join(made.folder, 'second')}"`,
      '',
    ].join('\n'),
  );
  expect(built(made)).toBe('1 1\n');
  const leaves = made.read('Cargo.lock').match(/name = "leaf"\nversion = "1.0.0"/g);
  expect(leaves).toHaveLength(2);
});

test('where no cache of the user can be written, crates lie in the build directory', () => {
  const made = project({
    'Cargo.toml': `${head}branch = "0.2"\n`,
    'src/main.rs': 'fn main() {\n    println!("{}", branch::branch());\n}\n',
  });
  made.write('.cargo/config.toml', localRegistry(join(made.folder, 'registry'), crates));
  // Nothing can be made below a file, whoever one is.
  const env = { XDG_CACHE_HOME: join(made.folder, 'Cargo.toml') };
  for (const words of [['run'], ['run', '--offline']])
    expect(told(made.kaon(words, { env }))).toMatch(/^1$/m);
});

test('with --locked there must be a Cargo.lock', () => {
  const made = project({
    'Cargo.toml': head,
    'src/main.rs': 'fn main() {}\n',
  });
  const refused = made.kaon(['--locked']);
  expect(refused.status).toBe(2);
  expect(told(refused)).toContain('because --locked was passed');
});
