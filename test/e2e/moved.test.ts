import { cpSync, renameSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actionsOf, kaon } from './support/kaon.ts';
import { project, told } from './support/project.ts';

const files = {
  'one/meson.build': "project('demo')\nconfigure_file(input: 'a', output: 'a', copy: true)\n",
  'one/a': 'one',
};

test('a copy of a project with its build directory is a project of its own', () => {
  const demo = project(files);
  expect(demo.kaon(['setup', 'one/build', 'one']).status).toBe(0);
  cpSync(`${demo.folder}/one`, `${demo.folder}/two`, { recursive: true });
  demo.write('two/a', 'two');
  const run = demo.kaon(['-C', 'two/build']);
  expect(run.stdout, told(run)).toContain('the build directory was moved or copied here');
  expect([demo.read('one/build/a'), demo.read('two/build/a')]).toEqual(['one', 'two']);
  expect(actionsOf('two/build', demo.folder)).toEqual([]);
});

test('a build directory that was moved finds the sources again, and so do those it was moved with', () => {
  const demo = project(files);
  expect(demo.kaon(['setup', 'one/build', 'one']).status).toBe(0);
  renameSync(`${demo.folder}/one`, `${demo.folder}/two`);
  const moved = demo.kaon(['-C', 'two/build']);
  expect(moved.status, told(moved)).toBe(0);
  renameSync(`${demo.folder}/two/build`, `${demo.folder}/elsewhere`);
  const alone = kaon([], { cwd: `${demo.folder}/elsewhere` });
  expect(alone.stdout, told(alone)).toContain(`Source dir: ${demo.folder}/two\n`);
  const options = demo.kaon(['configure', 'elsewhere', '-Ddebug=false']);
  expect(options.status, told(options)).toBe(0);
});
