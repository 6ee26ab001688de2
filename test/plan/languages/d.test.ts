import { expect, test } from 'vitest';
import { plannedText } from '../../support/plan-text.ts';

const project = "project('p', 'd')\n";

test('sources of D are compiled one by one, each with a depfile', () => {
  const { command } = plannedText({
    'meson.build': `${project}executable('app', 'app.d', 'more.d')`,
    'app.d': '',
    'more.d': '',
  });
  expect(command('app.p/app.d.o')).toBe(
    'ldc2 -I=app.p -I=. -I=.. -enable-color -wi -g -d-debug -makedeps=app.p/app.d.o.deps -of=app.p/app.d.o -c ../app.d',
  );
  expect(command('app')).toBe(
    'ldc2 -of=app app.p/app.d.o app.p/more.d.o -L=--allow-shlib-undefined -link-defaultlib-shared',
  );
});

test('conditions, unit tests and folders of texts come from the target and its dependencies', () => {
  const { command } = plannedText({
    'meson.build': `${project}inc = include_directories('data')
inner = declare_dependency(d_module_versions: 'Inner')
dep = declare_dependency(d_module_versions: ['Dep', 3], d_import_dirs: inc, dependencies: inner)
executable('app', 'app.d', dependencies: dep, d_unittest: true, d_debug: 2, d_module_versions: 'Own')
executable('plain', 'app.d', dependencies: dep.partial_dependency(compile_args: true))`,
    'app.d': '',
    'data/x.txt': '',
  });
  expect(command('app.p/app.d.o')).toContain(
    ' -unittest -d-debug=2 -d-version=Own -d-version=Inner -d-version=Dep -d-version=3 -Jdata -J../data ',
  );
  // Part of a dependency has none of them, whichever part.
  expect(command('plain.p/app.d.o')).not.toMatch(/-version|-J/);
});

test('libraries of the build are words for the linker, also those that are taken in whole', () => {
  const { command } = plannedText({
    'meson.build': `${project}a = shared_library('a', 'a.d')
b = static_library('b', 'a.d')
c = static_library('c', 'a.d')
executable('app', 'app.d', link_with: [a, b], link_whole: c, link_args: '-L/x')`,
    'app.d': '',
    'a.d': '',
  });
  expect(command('liba.so')).toContain('-L=-soname -L=liba.so');
  const link = command('app');
  expect(link).toContain('-L=--whole-archive -L=libc.a -L=--no-whole-archive');
  expect(link).toContain('-L=liba.so -L=libb.a');
  expect(link).toContain('-L=-L/x');
});

test('D links where C and C++ are mixed with it', () => {
  const { command } = plannedText({
    'meson.build': `project('p', 'd', 'cpp')\nexecutable('app', 'app.d', 'b.cpp')`,
    'app.d': '',
    'b.cpp': '',
  });
  expect(command('app')).toMatch(/^ldc2 .* -L=-lstdc\+\+$/);
});

test('generated sources are there before others are compiled that may import them', () => {
  const { orderOnly } = plannedText(
    {
      'meson.build': `${project}gen = custom_target(output: 'gen.d', command: ['sh'])
executable('app', 'app.d', gen)`,
      'app.d': '',
    },
    { sh: () => '' },
  );
  expect(orderOnly('app.p/app.d.o')).toEqual(['gen.d']);
});
