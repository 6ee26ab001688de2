import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { bin } from './support/kaon.ts';
import { type Project, project, told } from './support/project.ts';

/** PATH of a machine that has node and a shell, and no compiler. */
function bareMachine(made: Project): Readonly<Record<string, string>> {
  const folder = join(made.folder, 'programs');
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const name of ['sh', 'readlink']) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(folder, name));
  }
  return { PATH: folder, CC: '', RUSTC: '' };
}

test.each([
  ['c', "Unknown compiler(s): [['cc'], ['gcc'], ['clang']", 'sudo apt install gcc libc6-dev'],
  ['cpp', "Unknown compiler(s): [['c++'], ['g++'], ['clang++']", 'sudo dnf install gcc-c++'],
  ['rust', "Unknown compiler(s): [['rustc']]", 'brew install rust'],
])(
  'a missing compiler for %s is named with the packages that bring it',
  (language, headline, hint) => {
    const made = project({ 'meson.build': `project('p', '${language}')\n` });
    const run = made.kaon(['setup', 'build'], { env: bareMachine(made) });
    expect(told(run)).toContain(`meson.build:1:0: ERROR: ${headline}`);
    expect(told(run)).toContain(hint);
    expect(run.status).toBe(2);
  },
);

test('a missing program is named with the packages that bring it', () => {
  const made = project({ 'meson.build': "project('p')\nfind_program('bindgen')\n" });
  const run = made.kaon(['setup', 'build'], { env: bareMachine(made) });
  expect(told(run)).toContain("ERROR: Program 'bindgen' not found or not executable");
  expect(told(run)).toContain('"sudo dnf install bindgen-cli"');
  expect(run.status).toBe(2);
});

test('a compiler that is there and does not work is quoted', () => {
  const made = project({
    'meson.build': "project('p', 'rust')\n",
    'rustc.ini': "[binaries]\nrust = ['sh', '-c', 'echo no toolchain is chosen >&2; exit 1']\n",
  });
  const run = made.kaon(['setup', 'build', '--native-file', 'rustc.ini']);
  expect(told(run)).toContain('says: no toolchain is chosen');
  expect(run.status).toBe(2);
});

test('a TMPDIR that is not there is no matter', () => {
  const made = project({
    'meson.build':
      "project('p', 'c')\nassert(meson.get_compiler('c').has_header('stdio.h'))\nexecutable('a', 'a.c')\n",
    'a.c': 'int main(void) { return 0; }\n',
  });
  const run = made.kaon([], { env: { TMPDIR: join(made.folder, 'nowhere') } });
  expect(told(run)).toContain('p built, 2 actions');
});

test('npm start names what is missing before it does anything', () => {
  const made = project({});
  const start = resolve(dirname(bin), '../scripts/start.mjs');
  const run = spawnSync(process.execPath, [start], { env: bareMachine(made), encoding: 'utf8' });
  expect(run.stderr).toContain('needs a C compiler, the Rust compiler, cargo, not found in PATH');
  for (const line of [
    'sudo apt install gcc libc6-dev rustc cargo',
    'sudo dnf install gcc rust cargo',
    'sudo pacman -S gcc rust',
    'brew install gcc rust',
  ])
    expect(run.stderr).toContain(line);
  expect(run.stdout).toBe('');
  expect(run.status).toBe(1);
});
