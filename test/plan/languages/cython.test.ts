import { expect, test } from 'vitest';
import { plannedText } from '../../support/plan-text.ts';

test('a Cython source becomes C, which is compiled', () => {
  const { command, action } = plannedText({
    'meson.build':
      "project('p', 'cython', 'c')\nshared_module('m', 'sub/m.pyx', cython_args: '-X')",
    'sub/m.pyx': '',
  });
  expect(command('libm.so.p/m.pyx.c')).toMatch(
    /^cython -M --fast-fail -3 -X \S+\/sub\/m\.pyx -o libm\.so\.p\/m\.pyx\.c$/,
  );
  expect(action('libm.so.p/m.pyx.c').depfile?.path).toBe('libm.so.p/m.pyx.c.dep');
  expect(command('libm.so')).toContain('libm.so.p/meson-generated_m.pyx.c.o');
});

test('several sources of one target keep their folders', () => {
  const { files } = plannedText({
    'meson.build': "project('p', 'cython', 'c')\nshared_module('m', 'a/m.pyx', 'b/m.pyx')",
    'a/m.pyx': '',
    'b/m.pyx': '',
  });
  expect(files().filter((path) => path.endsWith('.pyx.c'))).toEqual([
    'libm.so.p/a/m.pyx.c',
    'libm.so.p/b/m.pyx.c',
  ]);
});

test('a target may ask for C++ where the project never named it', () => {
  const { command, model } = plannedText({
    'meson.build':
      "project('p', 'cython')\nshared_module('m', 'm.pyx', override_options: ['cython_language=cpp'])",
    'm.pyx': '',
  });
  expect(command('libm.so.p/m.pyx.cpp')).toContain('-3 --cplus');
  expect(command('libm.so.p/meson-generated_m.pyx.cpp.o')).toMatch(/^c\+\+ /);
  expect([...model.projects.values()].map(({ languages }) => languages)).toEqual([['cython']]);
});
