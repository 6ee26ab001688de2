import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bin } from './support/kaon.ts';
import { type Project, project, told } from './support/project.ts';

const program = {
  'meson.build': [
    "project('hello', 'c', version: '1.2', license: 'MIT')",
    "meson.add_dist_script('scripts/generate.sh')",
    "dep = dependency('greet')",
    "exe = executable('hello', 'hello.c', dependencies: dep, install: true)",
    "test('greets', exe)",
    '',
  ].join('\n'),
  'hello.c': '#include <greet.h>\nint main(void) { return greet(); }\n',
  'scripts/generate.sh': '#!/bin/sh\necho made > "$MESON_DIST_ROOT/generated.txt"\n',
  '.gitignore': 'build*/\nsubprojects/greet-1\n',
  'subprojects/greet.wrap': [
    '[wrap-file]',
    'directory = greet-1',
    'source_filename = greet-1.tar',
    'patch_directory = greet',
    '[provide]',
    'greet = greet_dep',
    '',
  ].join('\n'),
  'subprojects/packagefiles/greet/meson.build': [
    "project('greet', 'c', version: '1', license: 'ISC')",
    "greet_dep = declare_dependency(include_directories: '.')",
    '',
  ].join('\n'),
};

/** A repository with a wrap whose archive lies beside it. */
function repository(files: Readonly<Record<string, string>> = program): Project {
  const made = project({
    ...files,
    'greet-1/greet.h': 'static int greet(void) { return 0; }\n',
  });
  chmodSync(join(made.folder, 'scripts/generate.sh'), 0o755);
  run(made, 'tar', '-cf', 'subprojects/packagefiles/greet-1.tar', 'greet-1');
  rmSync(join(made.folder, 'greet-1'), { recursive: true });
  commit(made);
  return made;
}

function commit(made: Project): void {
  if (!existsSync(join(made.folder, '.git'))) run(made, 'git', 'init', '-q');
  run(made, 'git', 'add', '.');
  run(made, 'git', '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'All of it');
}

function run({ folder }: Pick<Project, 'folder'>, command: string, ...args: string[]): string {
  const done = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kaon-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs kaon through a shell, in other circumstances. */
function kaonIn(circumstances: string, folder: string, ...words: string[]): void {
  const script = `${circumstances}\nexec "$@"`;
  const done = spawnSync('sh', ['-c', script, 'sh', bin, ...words], { cwd: folder });
  if (done.status !== 0) throw new Error(`${done.stdout}${done.stderr}`);
}

test('an archive holds the subprojects with their patches, and comes with all that belongs to it', () => {
  const made = repository();
  made.kaon(['setup', 'build']);
  const dist = made.kaon(['dist', '-C', 'build', '--formats', 'xztar,gztar']);
  expect(told(dist)).toMatch(/Distribution package .*hello-1.2.tar.xz tested/);
  expect(dist.status).toBe(0);
  const folder = join(made.folder, 'build/meson-dist');
  expect(readdirSync(folder)).toEqual([
    'hello-1.2.cdx.json',
    'hello-1.2.tar.gz',
    'hello-1.2.tar.gz.sha256sum',
    'hello-1.2.tar.xz',
    'hello-1.2.tar.xz.sha256sum',
  ]);
  run({ folder }, 'sha256sum', '-c', 'hello-1.2.tar.xz.sha256sum', 'hello-1.2.tar.gz.sha256sum');
  const names = run({ folder }, 'tar', '-tf', 'hello-1.2.tar.xz').trim().split('\n');
  expect(names).toEqual([
    'hello-1.2/',
    'hello-1.2/.gitignore',
    'hello-1.2/generated.txt',
    'hello-1.2/hello.c',
    'hello-1.2/meson.build',
    'hello-1.2/scripts/',
    'hello-1.2/scripts/generate.sh',
    'hello-1.2/subprojects/',
    'hello-1.2/subprojects/greet-1/',
    'hello-1.2/subprojects/greet-1/greet.h',
    'hello-1.2/subprojects/greet-1/meson.build',
    'hello-1.2/subprojects/greet.wrap',
    'hello-1.2/subprojects/packagefiles/',
    'hello-1.2/subprojects/packagefiles/greet/',
    'hello-1.2/subprojects/packagefiles/greet/meson.build',
    'hello-1.2/subprojects/packagefiles/greet-1.tar',
  ]);
  const bill = JSON.parse(readFileSync(join(folder, 'hello-1.2.cdx.json'), 'utf8'));
  expect(bill.components).toMatchObject([{ name: 'greet', licenses: [{ expression: 'ISC' }] }]);
});

test('an archive is the same bytes from another folder, umask, time zone and configuration', () => {
  const first = repository();
  const second = `${emptyFolder()}/a longer name`;
  run(first, 'git', 'clone', '-q', first.folder, second);
  const formats = ['--formats', 'xztar,gztar,bztar,zip', '--no-tests'];
  kaonIn('umask 022; export TZ=UTC', first.folder, 'setup', 'build');
  kaonIn('umask 022; export TZ=UTC', first.folder, 'dist', '-C', 'build', ...formats);
  // Another user, where the system lets us be one.
  const user = ['-U', '--map-user=1234', '--map-group=1234'];
  const isAllowed = spawnSync('unshare', [...user, 'true']).status === 0;
  const become = isAllowed ? `\nset -- unshare ${user.join(' ')} "$@"` : '';
  const other =
    'umask 077; export TZ=Asia/Tokyo XZ_OPT=-9 BZIP2=-1 LC_ALL=C.UTF-8 HOME=/nonexistent XDG_CACHE_HOME="$PWD/c"';
  kaonIn(other + become, second, 'setup', 'elsewhere');
  kaonIn(other + become, second, 'dist', '-C', 'elsewhere', '--allow-dirty', ...formats);
  const one = join(first.folder, 'build/meson-dist');
  const two = join(second, 'elsewhere/meson-dist');
  expect(readdirSync(two)).toEqual(readdirSync(one));
  for (const name of readdirSync(one))
    expect(readFileSync(join(two, name)).equals(readFileSync(join(one, name))), name).toBe(true);
});

test('an archive that does not build is not handed over', () => {
  const made = repository();
  made.write('.gitignore', 'build*/\nsubprojects/greet-1\nforgotten.h\n');
  made.write(
    'hello.c',
    '#include <greet.h>\n#include "forgotten.h"\nint main(void) { return A; }\n',
  );
  made.write('forgotten.h', '#define A 0\n');
  commit(made);
  made.kaon(['setup', 'build']);
  const dist = made.kaon(['dist', '-C', 'build']);
  expect(told(dist)).toContain('Compiling the distribution package failed');
  expect(dist.status).toBe(1);
  expect(existsSync(join(made.folder, 'build/meson-dist'))).toBe(false);
});

test('what is not committed is refused, or left out', () => {
  const made = repository();
  made.kaon(['setup', 'build']);
  made.write('hello.c', 'not C');
  const refused = made.kaon(['dist', '-C', 'build']);
  expect(told(refused)).toContain('Repository has uncommitted changes');
  expect(refused.status).toBe(1);
  expect(made.kaon(['dist', '-C', 'build', '--allow-dirty']).status).toBe(0);
});

test('an archive is proven where there is no network', (context) => {
  if (spawnSync('unshare', ['-rn', 'true']).status !== 0) return context.skip();
  const made = repository({
    ...program,
    'meson.build': `${program['meson.build']}test('alone', find_program('scripts/alone.sh'))\n`,
    'scripts/alone.sh':
      '#!/bin/sh\n[ "$(ls /sys/class/net 2>/dev/null | wc -l)" != 0 ] && ! ip route 2>/dev/null | grep -q .\n',
  });
  chmodSync(join(made.folder, 'scripts/alone.sh'), 0o755);
  commit(made);
  made.kaon(['setup', 'build']);
  const dist = made.kaon(['dist', '-C', 'build']);
  expect(told(dist)).toMatch(/hello:alone\s+OK/);
  expect(dist.status).toBe(0);
});

test('submodules are part of an archive', () => {
  const inner = project({ 'inner.h': '#define INNER 0\n' });
  commit(inner);
  const made = repository();
  const submodule = ['submodule', '--quiet', 'add', inner.folder, 'inner'];
  run(made, 'git', '-c', 'protocol.file.allow=always', ...submodule);
  made.write(
    'hello.c',
    '#include <greet.h>\n#include "inner/inner.h"\nint main(void) { return INNER; }\n',
  );
  commit(made);
  made.kaon(['setup', 'build']);
  expect(told(made.kaon(['dist', '-C', 'build']))).toContain('Created');
});

test('a project may be a folder of a repository, and keep files out of archives', () => {
  const around = project({
    'other/file.txt': '',
    'deep/er/meson.build': "project('part', version: '1')\n",
    'deep/er/secret.txt': '',
    'deep/er/.gitattributes': 'secret.txt export-ignore\n',
  });
  commit(around);
  around.kaon(['setup', 'deep/er/build', 'deep/er']);
  around.kaon(['dist', '-C', 'deep/er/build', '--no-tests', '--formats', 'gztar']);
  const folder = join(around.folder, 'deep/er/build/meson-dist');
  expect(run({ folder }, 'tar', '-tf', 'part-1.tar.gz').trim().split('\n')).toEqual([
    'part-1/',
    'part-1/.gitattributes',
    'part-1/meson.build',
  ]);
});

test('links of a project may lead anywhere, also in a zip archive', () => {
  const made = project({ 'meson.build': "project('p', version: '1')\n" });
  symlinkSync('/nowhere', join(made.folder, 'away'));
  commit(made);
  made.kaon(['setup', 'build']);
  const dist = made.kaon(['dist', '-C', 'build', '--formats', 'zip']);
  expect([dist.status, told(dist)]).toEqual([0, expect.stringContaining('p-1.zip tested')]);
});

test('where nothing is committed yet, that is told', () => {
  const made = project({ 'meson.build': "project('p', version: '1')\n" });
  run(made, 'git', 'init', '-q');
  run(made, 'git', 'add', '.');
  made.kaon(['setup', 'build']);
  const dist = made.kaon(['dist', '-C', 'build']);
  expect([dist.status, told(dist)]).toEqual([1, expect.stringContaining('Nothing is committed')]);
});

test("a Cargo project without a build file of Meson's has archives, too", () => {
  const made = project({
    'Cargo.toml': '[package]\nname = "tool"\nversion = "0.3.0"\nedition = "2021"\n',
    'Cargo.lock': 'version = 3\n\n[[package]]\nname = "tool"\nversion = "0.3.0"\n',
    'src/main.rs': 'fn main() {}\n',
    '.gitignore': '/build\n',
  });
  commit(made);
  made.kaon(['setup', 'build']);
  const dist = made.kaon(['dist', '-C', 'build', '--formats', 'gztar']);
  expect([dist.status, told(dist)]).toEqual([0, expect.stringContaining('.tar.gz tested')]);
});

test('a signature by ssh can be verified', (context) => {
  if (spawnSync('ssh-keygen', ['-?']).error !== undefined) return context.skip();
  const made = repository();
  const keys = emptyFolder();
  run({ folder: keys }, 'ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', join(keys, 'key'));
  made.kaon(['setup', 'build']);
  const signed = [
    '--no-tests',
    '--formats',
    'gztar',
    '--sign',
    'ssh',
    '--sign-key',
    join(keys, 'key'),
  ];
  expect(told(made.kaon(['dist', '-C', 'build', ...signed]))).toContain('Created');
  const archive = join(made.folder, 'build/meson-dist/hello-1.2.tar.gz');
  const check = ['-Y', 'check-novalidate', '-n', 'file', '-s', `${archive}.sig`];
  const verified = spawnSync('ssh-keygen', check, { input: readFileSync(archive) });
  expect(verified.status).toBe(0);
});

test('a binary archive holds what is installed, below its own folder', () => {
  const made = repository();
  made.kaon(['setup', 'build', '--prefix=/usr']);
  const dist = made.kaon(['dist', '-C', 'build', '--binary', '--formats', 'gztar']);
  expect(told(dist)).toContain('Created');
  const [archive = ''] = readdirSync(join(made.folder, 'build/meson-dist')).filter((name) =>
    name.endsWith('.tar.gz'),
  );
  expect(archive).toMatch(/^hello-1\.2-linux-/);
  const top = archive.replace('.tar.gz', '');
  const folder = join(made.folder, 'build/meson-dist');
  expect(run({ folder }, 'tar', '-tf', archive).trim().split('\n')).toEqual([
    `${top}/`,
    `${top}/usr/`,
    `${top}/usr/bin/`,
    `${top}/usr/bin/hello`,
  ]);
});

test('an archive of a Meson project builds with Meson', (context) => {
  if (spawnSync('meson', ['--version']).status !== 0) return context.skip();
  const made = repository();
  made.kaon(['setup', 'build']);
  made.kaon(['dist', '-C', 'build', '--no-tests', '--formats', 'gztar']);
  const folder = emptyFolder();
  run({ folder }, 'tar', '-xf', join(made.folder, 'build/meson-dist/hello-1.2.tar.gz'));
  const source = { folder: join(folder, 'hello-1.2') };
  run(source, 'meson', 'setup', '--wrap-mode=nodownload', 'build');
  run(source, 'meson', 'test', '-C', 'build');
});
