import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Project, project, told } from './support/project.ts';

const root = resolve(import.meta.dirname, '../..');

function run({ folder }: Pick<Project, 'folder'>, command: string, ...args: string[]): string {
  const done = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

function repository(files: Readonly<Record<string, string>>): Project {
  const made = project(files);
  run(made, 'git', 'init', '-q');
  run(made, 'git', 'config', 'user.name', 'a');
  run(made, 'git', 'config', 'user.email', 'a@b');
  commit(made);
  return made;
}

function commit(made: Project): void {
  run(made, 'git', 'add', '.');
  run(made, 'git', 'commit', '-qm', 'All of it');
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kaon-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const program = {
  'meson.build': [
    "project('hello', 'c', version: '1.2.0')",
    "test('runs', executable('hello', 'hello.c'))",
  ].join('\n'),
  'hello.c': 'int main(void) { return 0; }\n',
  'CHANGELOG.md': '# Changes\n\n## 1.2.0\n\n- It greets.\n\n## 1.1.0\n\n- It is there.\n',
  '.gitignore': 'build/\n',
};

test('a release is checked, proven, tagged and noted, and nothing is pushed', () => {
  const made = repository(program);
  run(made, 'git', 'tag', 'hello-1.1.0');
  const dry = made.kaon(['release', '1.2.0', '--dry-run']);
  expect(told(dry)).toContain("git tag -a -m 'hello 1.2.0' hello-1.2.0");
  expect(run(made, 'git', 'tag')).toBe('hello-1.1.0\n');
  const done = made.kaon(['release', '1.2.0', '--formats', 'gztar']);
  expect(told(done)).toContain('git push origin hello-1.2.0');
  expect(run(made, 'git', 'tag')).toBe('hello-1.1.0\nhello-1.2.0\n');
  const notes = made.read('build/meson-dist/hello-1.2.0.notes.md');
  expect(notes).toContain('- It greets.');
  expect(notes).not.toContain('It is there');
  expect(notes).toMatch(/[0-9a-f]{64} {2}hello-1\.2\.0\.tar\.gz/);
});

test('what is not ready is not released, and each reason is told', () => {
  const made = repository({ ...program, 'package.json': '{ "version": "1.1.0" }' });
  made.write('hello.c', 'int main(void) { return 1; }\n');
  const done = made.kaon(['release', '1.3.0', '--tag', 'a..b']);
  expect(done.status).toBe(1);
  expect(told(done)).toContain('meson.build says version 1.2.0, not 1.3.0');
  expect(told(done)).toContain('package.json says version 1.1.0, not 1.3.0');
  expect(told(done)).toContain('CHANGELOG.md has no section for 1.3.0');
  expect(told(done)).toContain('not committed: hello.c');
  expect(told(done)).toContain("'a..b' cannot be the name of a tag");
});

test('what does not pass its tests is never tagged', () => {
  const made = repository({ ...program, 'hello.c': 'int main(void) { return 1; }\n' });
  expect(made.kaon(['release', '1.2.0']).status).toBe(1);
  expect(run(made, 'git', 'tag')).toBe('');
});

test('any commit can be archived with the subprojects of its wraps', () => {
  const made = repository({
    ...program,
    'subprojects/sub.wrap': [
      '[wrap-file]',
      'directory = sub-1',
      'source_filename = sub-1.tar',
      'lead_directory_missing = true',
    ].join('\n'),
    'subprojects/packagefiles/sub-1.tar': '',
    'inside.txt': 'inside',
    'old.txt': 'old',
  });
  run(made, 'tar', '-cf', 'subprojects/packagefiles/sub-1.tar', 'hello.c', 'meson.build');
  commit(made);
  const old = run(made, 'git', 'rev-parse', 'HEAD').trim();
  rmSync(join(made.folder, 'old.txt'));
  commit(made);
  const out = join(emptyFolder(), 'then.tar.gz');
  expect(told(made.kaon(['archive-source', old, out]))).toContain(`Created ${out}`);
  const names = run(made, 'tar', '-tf', out).trim().split('\n');
  expect(names).toContain('then/old.txt');
  expect(names).toContain('then/subprojects/sub-1/hello.c');
  expect(told(made.kaon(['archive-source', 'v9', out]))).toContain(
    "ERROR: There is no commit, branch or tag 'v9' here.",
  );
  made.kaon(['archive-source', '--flat', 'HEAD', out]);
  const flat = run(made, 'tar', '-tf', out).trim().split('\n');
  expect(flat).toContain('hello.c');
  expect(flat).not.toContain('old.txt');
  const gone = '[wrap-file]\ndirectory = gone-1\nsource_filename = gone-1.tar\n';
  writeFileSync(join(made.folder, 'subprojects/gone.wrap'), gone);
  commit(made);
  const named = (...names: readonly string[]) =>
    told(made.kaon(['archive-source', 'HEAD', out, ...names]));
  expect(named()).toContain('ERROR');
  expect(named('sub')).toContain('Created');
  expect(named('nope')).toContain('No wrap of subprojects is named nope');
});

test('an archive brings its crates, for kaon and for cargo --offline', () => {
  const lock = readFileSync(join(root, 'examples/emulator/rust/Cargo.lock'), 'utf8');
  const crate = lock.split('[[package]]').find((each) => each.includes('"unicode-ident"\nversion'));
  const [, version = ''] = /^version = "(.*)"$/m.exec(crate ?? '') ?? [];
  const made = repository({
    '.gitignore': 'build/\n',
    'meson.build': [
      "project('ident', 'rust', version: '1', default_options: 'rust_std=2021')",
      "dep = dependency('unicode-ident-1-rs')",
      "test('runs', executable('ident', 'src/main.rs', dependencies: dep))",
    ].join('\n'),
    'src/main.rs': "fn main() {\n    assert!(unicode_ident::is_xid_start('a'));\n}\n",
    'Cargo.toml': [
      '[package]',
      'name = "ident"',
      'version = "1.0.0"',
      'edition = "2021"',
      '[dependencies]',
      `unicode-ident = "=${version}"`,
    ].join('\n'),
    'Cargo.lock': [
      'version = 3',
      '[[package]]',
      'name = "ident"',
      'version = "1.0.0"',
      'dependencies = ["unicode-ident"]',
      `[[package]]${crate?.trimEnd()}`,
      '',
    ].join('\n'),
  });
  made.kaon(['setup', 'build']);
  expect(told(made.kaon(['dist', '-C', 'build', '--formats', 'gztar']))).toContain('Created');
  const folder = emptyFolder();
  run({ folder }, 'tar', '-xf', join(made.folder, 'build/meson-dist/ident-1.tar.gz'));
  const cargo = ['check', '--offline', '--locked', '--quiet'];
  const checked = spawnSync('cargo', cargo, {
    cwd: join(folder, 'ident-1'),
    env: { ...process.env, CARGO_HOME: join(folder, 'cargo') },
    encoding: 'utf8',
  });
  expect(checked.stderr).toBe('');
  expect(checked.status).toBe(0);
});
