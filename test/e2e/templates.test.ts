import { expect, test } from 'vitest';
import { kaon } from './support/kaon.ts';
import { project, told } from './support/project.ts';

const templates = kaon(['init', '--list'], { cwd: '/' }).stdout.trimEnd().split('\n');

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
