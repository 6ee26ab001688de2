import { expect, test } from 'vitest';
import { plannedText } from '../support/plan-text.ts';

const clang = { 'c++': { version: 'clang version 21.1.8\n', macros: '#define __clang__ 1\n' } };

const sources = {
  'a.cppm': 'export module a;\nexport import :p;\n',
  'p.cppm': 'export module a:p;\n',
  'lib.cpp': 'module a;\n',
  'main.cpp': 'import a;\nint main() {}\n',
};

const library = (args: string) =>
  ["project('p', 'cpp')", `lib = static_library('lib', 'lib.cpp', 'a.cppm', 'p.cppm'${args})`].join(
    '\n',
  );

test('clang finds modules beside objects, and those who import them wait', () => {
  const { inputs, command } = plannedText(
    { ...sources, 'meson.build': `${library('')}\nexecutable('app', 'main.cpp', link_with: lib)` },
    {},
    clang,
  );
  expect(command('liblib.a.p/a.cppm.o')).toContain(
    '-fprebuilt-module-path=liblib.a.p -fmodule-output=liblib.a.p/a.pcm ',
  );
  expect(inputs('liblib.a.p/a.cppm.o')).toEqual(['../a.cppm', 'liblib.a.p/a-p.pcm']);
  expect(inputs('liblib.a.p/lib.cpp.o')).toEqual(['../lib.cpp', 'liblib.a.p/a.pcm']);
  expect(inputs('app.p/main.cpp.o')).toEqual(['../main.cpp', 'liblib.a.p/a.pcm']);
  expect(command('app.p/main.cpp.o')).toContain('-fprebuilt-module-path=liblib.a.p ');
});

test('where there are no modules nothing is said of them', () => {
  const { command } = plannedText(
    {
      'meson.build':
        "project('p', 'cpp')\nlib = static_library('lib', 'lib.cpp')\nexecutable('app', 'main.cpp', link_with: lib)",
      'lib.cpp': '',
      'main.cpp': '',
    },
    {},
    clang,
  );
  expect(command('app.p/main.cpp.o') + command('liblib.a.p/lib.cpp.o')).not.toContain('module');
});

test('gcc has all modules in one folder, but those of a second target with the same names', () => {
  const args = ", cpp_args: '-fmodules-ts'";
  const { inputs, command } = plannedText({
    ...sources,
    'meson.build': `${library(args)}\n${library(args).split('\n')[1]?.replaceAll('lib =', 'more =').replace("'lib'", "'more'")}
executable('app', 'main.cpp', link_with: more${args})`,
  });
  expect(inputs('liblib.a.p/a.cppm.o')).toEqual(['../a.cppm', 'gcm.cache/a-p.gcm']);
  expect(command('liblib.a.p/a.cppm.o')).not.toContain('-fmodule-mapper');
  expect(inputs('libmore.a.p/a.cppm.o')).toEqual([
    ...['../a.cppm', 'libmore.a.p/a-p.gcm', 'libmore.a.p/modules.map'],
  ]);
  expect(inputs('app.p/main.cpp.o')).toContain('libmore.a.p/a.gcm');
  expect(command('app.p/main.cpp.o')).toContain('-fmodule-mapper=app.p/modules.map');
});
