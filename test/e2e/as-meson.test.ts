import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const files = {
  'meson.build': `project('demo')
py = find_program('script.py')
message('runs by ' + run_command(py, check: true).stdout())
`,
  'script.py': '#!/usr/bin/env python3\nimport sys\nprint(sys.prefix)\n',
};

test('an environment of Python has kaon in the place of Meson and ninja', ({ skip }) => {
  if (spawnSync('python3', ['-c', 'import venv']).status !== 0) skip('needs python3 with venv');
  const demo = project(files);
  const made = demo.kaon(['as-meson', 'env']);
  expect(made.status, told(made)).toBe(0);
  const env = join(demo.folder, 'env');
  const run = (program: string, ...words: readonly string[]) =>
    spawnSync(join(env, 'bin', program), words, { cwd: demo.folder, encoding: 'utf8' });
  const asked = run('python3', '-c', 'import importlib.metadata as m; print(m.version("meson"))');
  expect(asked.stdout).toBe('1.12.1\n');
  expect(run('meson', '--version').stdout).toBe('1.12.1\n');
  expect(run('ninja', '--version').stdout).toMatch(/^1\.\d+/);
  // Without a command, Meson sets up; scripts are run by the Python that called.
  const setup = run('meson', 'build');
  expect(setup.stdout).toContain(`Message: runs by ${env}`);
  expect(run('ninja', '-C', 'build').stdout).toContain('ninja: no work to do.');
  // kaon itself goes on with that Python.
  demo.write('meson.build', `${files['meson.build']}message('again')\n`);
  expect(demo.kaon(['compile', '-C', 'build']).stdout).toContain(`Message: runs by ${env}`);
  // Meson ends with 1 where kaon says 2.
  demo.write('meson.build', 'nonsense(\n');
  expect(run('meson', 'setup', 'other').status).toBe(1);
});
