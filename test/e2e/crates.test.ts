import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localRegistry } from './support/local-registry.ts';
import { type Project, project, told } from './support/project.ts';

const crates = [
  { name: 'leaf', version: '1.0.0' },
  { name: 'leaf', version: '1.1.0' },
  { name: 'branch', version: '0.2.0', needs: { leaf: '1' } },
  { name: 'fresh', version: '1.0.0', features: ['extra'] },
  { name: 'fresh', version: '1.9.0', features: ['extra'], rustVersion: '1.80' },
];

const manifest = [
  '[package]',
  'name = "own"',
  'version = "0.1.0"   # ours',
  'edition = "2021"',
  'rust-version = "1.63"',
  '',
  '# What we need.',
  '[dependencies]',
  '',
].join('\n');

/** As QEMU's: the workspace in `rust/`, the wraps in `subprojects/`. */
function qemuLike(): Project {
  const made = project({
    'meson.build': "project('p', 'c')\n",
    'rust/Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["own", "other"]\n',
    'rust/own/Cargo.toml': manifest,
    'rust/own/src/lib.rs': '',
    'rust/other/Cargo.toml': manifest.replace('"own"', '"other"'),
    'rust/other/src/lib.rs': '',
    'subprojects/.gitignore': '/packagecache\n/zlib-1.3\n',
  });
  made.write('rust/.cargo/config.toml', localRegistry(join(made.folder, 'registry'), crates));
  return made;
}

/** All that someone may have in version control. */
function kept(made: Project): Readonly<Record<string, string>> {
  const names = readdirSync(made.folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name).slice(made.folder.length + 1))
      .filter((path) => !path.startsWith('registry/'))
      .map((path) => [path, made.read(path)]),
  );
}

test('kaon add brings a crate with all it needs; remove takes away what nothing needs', () => {
  const made = qemuLike();
  const unclear = made.kaon(['add', 'branch']);
  expect(told(unclear)).toContain('Which package? Say one by --package: other, own');
  const before = kept(made);
  const added = made.kaon(['add', 'branch@0.2', '--package', 'own']);
  expect(added.status, told(added)).toBe(0);
  expect(added.stdout).toBe(
    [
      'rust/own/Cargo.toml',
      '  + branch = "0.2"',
      'rust/Cargo.lock',
      '  + branch 0.2.0',
      '  + leaf 1.1.0',
      'subprojects/branch-0.2-rs.wrap  (new)',
      'subprojects/leaf-1-rs.wrap  (new)',
      'subprojects/.gitignore  (changed)',
      "In a build file: dependency('branch-0.2-rs')",
      '',
    ].join('\n'),
  );
  expect(made.read('rust/own/Cargo.toml')).toBe(`${manifest}branch = "0.2"\n`);
  expect(made.read('subprojects/leaf-1-rs.wrap')).toMatch(
    /^\[wrap-file\]\ndirectory = leaf-1.1.0\n.*\nsource_hash = [0-9a-f]{64}\nmethod = cargo\n$/s,
  );
  expect(made.read('subprojects/.gitignore')).toBe(
    '/packagecache\n/branch-0.2.0\n/leaf-1.1.0\n/zlib-1.3\n',
  );
  expect(made.kaon(['check-subprojects']).stdout).toBe('Locks, wraps and rules agree.\n');
  const removed = made.kaon(['remove', 'branch', '-p', 'own']);
  expect(removed.status, told(removed)).toBe(0);
  expect({ ...kept(made), 'rust/own/Cargo.toml': '', 'rust/Cargo.lock': '' }).toEqual({
    ...before,
    'rust/own/Cargo.toml': '',
    'rust/Cargo.lock': '',
  });
});

test('a crate that was there already is told as build files ask for it, too', () => {
  const made = qemuLike();
  made.kaon(['add', 'branch', '-p', 'own']);
  const added = made.kaon(['add', 'leaf', '-p', 'own', '--native', '--rules']);
  expect(told(added)).toBe(
    [
      'rust/own/Cargo.toml',
      '  + leaf = "1.1.0"',
      'Note: leaf 1.1.0 was there already; no rules were written for it',
      "In a build file: dependency('leaf-1-rs', native: true)",
      '',
    ].join('\n'),
  );
});

test('who asks for features is told what makes them count', () => {
  const made = project({
    'Cargo.toml': manifest,
    'src/lib.rs': '',
    'meson.build': "project('p', 'rust')\n",
  });
  made.write('.cargo/config.toml', localRegistry(join(made.folder, 'registry'), crates));
  const added = made.kaon(['add', 'branch', '--no-default-features']);
  expect(told(added)).toContain(
    "dependency('branch-0.2-rs')\nafter rust.workspace(), which makes these features count",
  );
});

test('where no meson.build is, add, update and remove leave but Cargo.toml and Cargo.lock behind', () => {
  const made = project({ 'Cargo.toml': manifest, 'src/lib.rs': '', '.gitignore': '/target\n' });
  made.write('.cargo/config.toml', localRegistry(join(made.folder, 'registry'), crates));
  const before = kept(made);
  const added = made.kaon(['add', 'branch', 'fresh@=1.0.0']);
  expect(added.status, told(added)).toBe(0);
  expect(added.stdout).toBe(
    [
      'Cargo.toml',
      '  + branch = "0.2.0"',
      '  + fresh = "=1.0.0"',
      'Cargo.lock',
      '  + branch 0.2.0',
      '  + fresh 1.0.0',
      '  + leaf 1.1.0',
      '',
    ].join('\n'),
  );
  expect(Object.keys(kept(made)).sort()).toEqual([...Object.keys(before), 'Cargo.lock'].sort());
  const updated = made.kaon(['update', 'leaf', '--precise', '1.0.0']);
  expect(updated.stdout).toBe('Cargo.lock\n  ~ leaf 1.1.0 -> 1.0.0\n');
  expect(made.kaon(['check-subprojects']).status).toBe(0);
  expect(made.kaon(['remove', 'branch', 'fresh']).stdout).toContain('  - branch 0.2.0');
  // What Cargo makes of a section that it empties is its own affair.
  expect(made.read('Cargo.toml')).not.toMatch(/branch|fresh/);
  const theirs = { 'Cargo.toml': '', 'Cargo.lock': '' };
  expect({ ...kept(made), ...theirs }).toEqual({ ...before, ...theirs });
});

test('what the promised compiler cannot build is not chosen, and refused where it is asked for', () => {
  const made = qemuLike();
  const added = made.kaon(['add', 'fresh', '-p', 'own', '-F', 'extra']);
  expect(added.stdout).toContain('+ fresh = { version = "1.0.0", features = ["extra"] }');
  const before = kept(made);
  const refused = made.kaon(['update', 'fresh', '--precise', '1.9.0']);
  expect(refused.status).toBe(1);
  expect(told(refused)).toContain('fresh 1.9.0 needs Rust 1.80');
  expect(kept(made)).toEqual(before);
  const taken = made.kaon(['update', 'fresh', '--precise', '1.9.0', '--ignore-rust-version']);
  expect(taken.stdout).toContain('~ fresh 1.0.0 -> 1.9.0');
  expect(made.read('subprojects/fresh-1-rs.wrap')).toContain('directory = fresh-1.9.0');
  expect(made.kaon(['check-subprojects']).status).toBe(0);
});

test('a crate that cannot be had changes nothing', () => {
  const made = qemuLike();
  made.kaon(['add', 'leaf@=1.0.0', '-p', 'own']);
  const before = kept(made);
  for (const words of [
    ['add', 'nowhere', '-p', 'own'],
    ['add', 'branch', 'nowhere', '-p', 'own'],
    ['add', 'leaf@9', '-p', 'own'],
    ['add', 'fresh', '-p', 'own', '-F', 'no-such-feature'],
    ['remove', 'nowhere', '-p', 'own'],
    ['add', 'fresh', '--dry-run', '-p', 'own'],
  ]) {
    const run = made.kaon(words);
    expect(run.status, words.join(' ')).toBe(words.includes('--dry-run') ? 0 : 1);
    expect(told(run)).toMatch(/Nothing was changed\.|dry run/);
    expect(kept(made), words.join(' ')).toEqual(before);
  }
});

test('kaon tree shows who needs what, and how it is had', () => {
  expect(project({ 'meson.build': "project('p')\n" }).kaon(['tree']).stdout).toBe(
    'No crates are locked here, and there are no other subprojects.\n',
  );
  const made = qemuLike();
  made.kaon(['add', 'branch', '-p', 'own']);
  expect(made.kaon(['tree']).stdout).toBe(
    [
      'rust/Cargo.lock',
      'other 0.1.0',
      'own 0.1.0',
      '└── branch 0.2.0 (wrap)',
      '    └── leaf 1.1.0 (wrap)',
      '',
    ].join('\n'),
  );
  expect(made.kaon(['tree', '--invert', 'leaf']).stdout).toContain('└── branch 0.2.0 (wrap)\n');
});

test('a crate that was added is built, by Cargo.toml or by rules of one’s own', () => {
  const made = qemuLike();
  made.write(
    'meson.build',
    [
      "project('p', 'rust', default_options: 'rust_std=2021')",
      "test('t', executable('t', 't.rs', dependencies: dependency('branch-0.2-rs')))",
      '',
    ].join('\n'),
  );
  made.write('t.rs', 'fn main() { assert_eq!(branch::branch(), 1); }\n');
  made.write('.cargo/config.toml', made.read('rust/.cargo/config.toml'));
  expect(made.kaon(['add', 'branch', '-p', 'own']).status).toBe(0);
  const env = { MESON_PACKAGE_CACHE_DIR: join(made.folder, 'registry') };
  const setup = made.kaon(['setup', 'build'], { env });
  expect(setup.status, told(setup)).toBe(0);
  const tested = made.kaon(['test', '-C', 'build'], { env });
  expect(tested.status, told(tested)).toBe(0);
  made.kaon(['remove', 'branch', '-p', 'own']);
  expect(existsSync(join(made.folder, 'subprojects/branch-0.2.0'))).toBe(false);
  made.kaon(['add', 'branch', '-p', 'own', '--rules']);
  expect(made.read('subprojects/branch-0.2-rs.wrap')).toContain('patch_directory = branch-0.2-rs');
  const again = made.kaon(['test', '-C', 'build'], { env });
  expect(again.status, told(again)).toBe(0);
});

test('crates that are missing come together, without those of other systems', () => {
  const made = project({
    'Cargo.toml': `${manifest}branch = "0.2"\n[target.'cfg(windows)'.dependencies]\nfresh = "1"\n`,
    'src/main.rs': 'fn main() { println!("{}", branch::branch()); }\n',
    'bin/cargo': '#!/bin/sh\necho "$@" >>"$CARGO_CALLS"\nPATH=${PATH#*:} exec cargo "$@"\n',
  });
  made.write('.cargo/config.toml', localRegistry(join(made.folder, 'registry'), crates));
  chmodSync(join(made.folder, 'bin/cargo'), 0o755);
  const env = {
    PATH: `${join(made.folder, 'bin')}:${process.env['PATH']}`,
    XDG_CACHE_HOME: join(made.folder, 'cache'),
    CARGO_CALLS: join(made.folder, 'calls'),
  };
  execFileSync('cargo', ['generate-lockfile'], { cwd: made.folder, stdio: 'pipe' });
  const run = made.kaon(['setup', 'build'], { env });
  expect(run.status, told(run)).toBe(0);
  const laid = readdirSync(join(made.folder, 'cache/kaon/sources')).map((name) =>
    name.replace(/-rs-.*/, ''),
  );
  expect(laid.sort()).toEqual(['branch-0.2', 'leaf-1']);
  const calls = made.read('calls').split('\n');
  expect(calls.filter((words) => words.startsWith('metadata'))).toEqual([
    expect.stringContaining('--offline'),
  ]);
  expect(calls.filter((words) => words.startsWith('fetch'))).toEqual([]);
  expect(told(made.kaon(['run'], { env }))).toContain('1\n');
});
