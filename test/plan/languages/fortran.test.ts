import { expect, test } from 'vitest';
import { scanModules } from '../../../src/toolchains/fortran/modules.ts';
import { plannedText } from '../../support/plan-text.ts';

const project = "project('p', 'fortran')\n";

test('a source that uses a module waits for its file, and compiling the other makes it', () => {
  const { inputs, command, action } = plannedText({
    'meson.build': `${project}executable('app', 'main.f90', 'Part.F90')`,
    'main.f90': 'program main\n  use, non_intrinsic :: Part_Mod\nend program\n',
    'Part.F90': 'module PART_MOD ! a comment\ncontains\nend module\n',
  });
  expect(inputs('app.p/main.f90.o')).toContain('app.p/part_mod.mod');
  expect(action('app.p/part_mod.mod')).toBe(action('app.p/Part.F90.o'));
  expect(command('app.p/main.f90.o')).toBe(
    'gfortran -Iapp.p -I. -I.. -fdiagnostics-color=always -D_FILE_OFFSET_BITS=64 -Wall -O0 -g -Japp.p -o app.p/main.f90.o -c ../main.f90',
  );
});

test('modules of linked libraries are found, and waited for', () => {
  const { inputs, command } = plannedText({
    'meson.build': `${project}inner = static_library('inner', 'inner.f90')
outer = static_library('outer', 'outer.f90', link_with: inner)
executable('app', 'main.f90', link_with: outer)`,
    'inner.f90': 'module inner\nend module\n',
    'outer.f90': 'module outer\n use inner\nend module\n',
    'main.f90': 'program main\n use inner\n use iso_c_binding\nend program\n',
  });
  expect(inputs('app.p/main.f90.o')).toContain('libinner.a.p/inner.mod');
  expect(command('app.p/main.f90.o')).toMatch(
    /-Ilibouter\.a\.p .*-Ilibinner\.a\.p|-Ilibinner\.a\.p .*-Ilibouter\.a\.p/,
  );
  expect(inputs('app.p/main.f90.o')).not.toContain('libouter.a.p/outer.mod');
});

test('modules are looked for beside a library of another language, too', () => {
  const { command } = plannedText({
    'meson.build': `project('p', 'c', 'fortran')
inner = library('inner', 'inner.c', include_directories: 'i')
executable('app', 'main.f90', link_with: inner, include_directories: 'i')`,
    'inner.c': '',
    'i/a.h': '',
    'main.f90': 'program main\nend program\n',
  });
  expect(command('app.p/main.f90.o')).toMatch('-I../i -Ilibinner.so.p -fdiagnostics');
});

test('what stands under a condition may not be made: its object is waited for instead', () => {
  const { inputs, files } = plannedText({
    'meson.build': `${project}executable('app', 'main.f90', 'part.F90')`,
    'main.f90': 'use part\nend\n',
    'part.F90': '#ifdef HAVE_PART\nmodule part\nend module\n#endif\n',
  });
  expect(inputs('app.p/main.f90.o')).toContain('app.p/part.F90.o');
  expect(files().some((path) => path.endsWith('.mod'))).toBe(false);
});

test('what a source includes counts as its own, and asks for compiling it again', () => {
  const { inputs } = plannedText({
    'meson.build': `${project}executable('app', 'sub/main.f90', 'part.f90')`,
    'sub/main.f90': "program main\n include 'uses.inc'\nend program\n",
    'sub/uses.inc': ' use part\n',
    'part.f90': 'module part\nend module\n',
  });
  expect(inputs('app.p/sub_main.f90.o')).toEqual(
    expect.arrayContaining(['app.p/part.mod', '../sub/uses.inc']),
  );
});

test('a generated source is known by what it is made of', () => {
  const { inputs } = plannedText({
    'meson.build': `${project}gen = generator(find_program('gen'), arguments: ['@INPUT@', '@OUTPUT@'], output: '@BASENAME@.f90')
executable('app', 'main.f90', gen.process('a.fpp', 'b.fpp'))`,
    gen: '#!/bin/sh\n',
    'a.fpp': 'module a\n use b\nend module\n',
    'b.fpp': 'module b\nend module\n',
    'main.f90': 'use a\nend\n',
  });
  expect(inputs('app.p/main.f90.o')).toContain('app.p/meson-generated_a.f90.o');
  expect(inputs('app.p/meson-generated_a.f90.o')).toContain('app.p/meson-generated_b.f90.o');
});

test('a generated source that nobody can read waits for those that cannot need it', () => {
  const { inputs } = plannedText({
    'meson.build': `${project}made = custom_target(output: 'made.f90', command: ['gen', '@OUTPUT@'])
executable('app', 'main.f90', 'base.f90', made)`,
    gen: '#!/bin/sh\n',
    'base.f90': 'module base\nend module\n',
    'main.f90': 'use made\nend\n',
  });
  expect(inputs('app.p/meson-generated_.._made.f90.o')).toContain('app.p/base.f90.o');
  expect(inputs('app.p/main.f90.o')).toContain('app.p/meson-generated_.._made.f90.o');
});

test('modules and submodules are read line by line', () => {
  const text = `
MODULE Points   ! of the plane
  use :: base
  use, intrinsic :: iso_c_binding
  module procedure x
  module function f(y)
submodule (points) inner
submodule (points:inner) deep
  include 'part.inc'
end module Points
`;
  expect(scanModules(text)).toEqual({
    provides: ['points'],
    providesPerhaps: ['points:inner', 'points:deep'],
    requires: ['base'],
    includes: ['part.inc'],
  });
});

test('what IDEs are told of the arguments leaves out where modules go, and cleans folders', () => {
  const { targets } = plannedText({
    'meson.build': `${project}executable('app', 'main.f90', fortran_args: '-I/opt//x/')`,
    'main.f90': 'end\n',
  });
  const { parameters = [] } = [...targets.values()][0]?.compilations[0] ?? {};
  expect(parameters.filter((word) => /^-[IJ]/.test(word))).toEqual([
    ...['-I/project/build/app.p', '-I/project/build', '-I/project', '-I/opt/x'],
  ]);
});

test('sources in C are told of the folders of modules too, before others', () => {
  const { command } = plannedText({
    'meson.build': `project('p', 'c', 'fortran')
lib = static_library('lib', 'a.f90')
executable('app', 'main.c', link_with: lib)`,
    'a.f90': 'module a\nend module\n',
    'main.c': '',
  });
  expect(command('app.p/main.c.o')).toContain('cc -Iliblib.a.p -Iapp.p ');
});

test('flang has its own argument for modules, and takes whatever standard a target overrides', () => {
  const { command } = plannedText(
    {
      'meson.build': `${project}executable('app', 'main.f90', override_options: 'fortran_std=legacy')`,
      'main.f90': 'end\n',
    },
    {},
    { gfortran: { version: 'flang version 21.1.8\n', help: 'flang LLVM compiler\n' } },
  );
  expect(command('app.p/main.f90.o')).toBe(
    'gfortran -Iapp.p -I. -I.. -D_FILE_OFFSET_BITS=64 -Wall -O0 -g -module-dir app.p -o app.p/main.f90.o -c ../main.f90',
  );
});
