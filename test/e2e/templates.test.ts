import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kaon } from './support/kaon.ts';
import { project, told } from './support/project.ts';

const templateFolder = join(import.meta.dirname, '../../rust-project-templates');
const listed = kaon(['init', '--list'], { cwd: '/' }).stdout.trimEnd().split('\n');
const templates = listed.map((line) => line.replace(/ .*/, ''));

test('there are templates', () => {
  expect(templates).toContain('program');
  expect(templates).toContain('mixed');
});

test.each(templates)('what `kaon init --template %s` lays down is built and tested', (template) => {
  const place = project({});
  const made = place.kaon(['init', '--template', template, 'my-first-try']);
  expect(made.status, told(made)).toBe(0);
  expect(made.stdout).toBe('my-first-try is ready. Next: cd my-first-try && kaon\n');
  const cwd = `${place.folder}/my-first-try`;
  const built = kaon([], { cwd });
  expect(built.status, told(built)).toBe(0);
  expect(built.stdout).toContain('Next: kaon test\n');
  expect(told(built)).not.toMatch(/warning/i);
  const tested = kaon(['test'], { cwd });
  expect(tested.status, told(tested)).toBe(0);
  expect(tested.stdout).toMatch(/Ok:\s+[1-9]/);
});

test('of a program and what tests it the program is run', () => {
  const place = project({});
  place.kaon(['init', 'first']);
  const ran = kaon(['run'], { cwd: `${place.folder}/first` });
  expect(ran.status, told(ran)).toBe(0);
});

const linted = templates.filter((each) => existsSync(join(templateFolder, each, 'Cargo.toml')));

test.each(linted)('Cargo tests and lints what `kaon init --template %s` lays down', (template) => {
  const place = project({});
  place.kaon(['init', '--template', template, 'my-first-try']);
  const cwd = `${place.folder}/my-first-try`;
  const cargo = (...words: readonly string[]) => {
    const target = join(place.folder, 'target');
    const env = { ...process.env, CARGO_TARGET_DIR: target };
    const ran = spawnSync('cargo', words, { cwd, env, encoding: 'utf8' });
    expect(ran.status, `cargo ${words.join(' ')}\n${ran.stdout}${ran.stderr}`).toBe(0);
  };
  const has = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0;
  if (has('rustfmt')) cargo('fmt', '--all', '--check');
  if (has('clippy-driver'))
    cargo('clippy', '--workspace', '--all-targets', '--', '--deny', 'warnings');
  cargo('test', '--workspace', '--quiet');
  const manifest = place.read('my-first-try/Cargo.toml');
  if (manifest.includes('\nxen = ')) cargo('check', '--quiet', '--features', 'xen');
});

test('nothing is overwritten, and names are checked', () => {
  const place = project({ 'meson.build': 'mine\n' });
  const again = place.kaon(['init', '--name', 'x']);
  expect(told(again)).toContain('is there already');
  expect(again.status).toBe(2);
  expect(place.read('meson.build')).toBe('mine\n');
  const misnamed = place.kaon(['init', 'A.B']);
  expect(told(misnamed)).toContain("A project's name is made of a-z, 0-9, - and _: 'A.B' is not");
  expect(misnamed.status).toBe(2);
  const unknown = place.kaon(['init', '--template', 'progam', 'y']);
  expect(told(unknown)).toContain("There is no template 'progam' (did you mean 'program'?)");
});
