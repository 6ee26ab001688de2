import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const hasCmake = spawnSync('cmake', ['--version'], { stdio: 'ignore' }).status === 0;

/** A CMake library with a header that a program of its own makes, used from outside. */
const files = {
  'meson.build': `project('p', 'c')
lib = import('cmake').subproject('lib')
test('user', executable('user', 'user.c', dependencies: lib.dependency('lib')))
`,
  'user.c': '#include "made.h"\nint lib(void);\nint main(void) { return lib() - MADE; }\n',
  'subprojects/lib/CMakeLists.txt': `cmake_minimum_required(VERSION 3.17)
project(lib VERSION 1.2 LANGUAGES C)
add_executable(maker maker.c)
add_custom_command(OUTPUT inc/made.h
  COMMAND \${CMAKE_COMMAND} -E make_directory inc
  COMMAND maker < \${CMAKE_CURRENT_SOURCE_DIR}/number.txt > inc/made.h
  DEPENDS number.txt)
add_custom_target(headers DEPENDS \${CMAKE_CURRENT_BINARY_DIR}/inc/made.h)
add_library(lib SHARED lib.c)
add_dependencies(lib headers)
target_include_directories(lib PUBLIC \${CMAKE_CURRENT_BINARY_DIR}/inc)
`,
  'subprojects/lib/maker.c': `#include <stdio.h>
int main(void) { int n; return scanf("%d", &n) != 1 || printf("#define MADE %d\\n", n) < 0; }
`,
  'subprojects/lib/lib.c': '#include "made.h"\nint lib(void) { return MADE; }\n',
  'subprojects/lib/number.txt': '7\n',
};

test.skipIf(!hasCmake)('a CMake library is built with the rest, and again where it changed', () => {
  const made = project(files);
  const setup = made.kaon(['setup', 'build']);
  expect(told(setup)).toContain('CMake project lib 1.2 has 4 build targets.');
  expect(setup.status).toBe(0);
  expect(told(made.kaon(['test', '-C', 'build']))).toContain('Fail:              0');
  expect(told(made.kaon(['compile', '-C', 'build']))).toContain('up to date');
  // Both users of the header are compiled again, and agree.
  made.write('subprojects/lib/number.txt', '8\n');
  const again = made.kaon(['test', '-C', 'build']);
  expect(told(again)).toContain('Compiling C object user.p/user.c.o');
  expect(told(again)).toContain('Fail:              0');
});

test.skipIf(!hasCmake)('what CMake refuses is told with its own words', () => {
  const made = project({
    ...files,
    'subprojects/lib/CMakeLists.txt':
      'cmake_minimum_required(VERSION 3.17)\nproject(lib C)\nadd_library(lib missing.c)\n',
  });
  const run = made.kaon(['setup', 'build']);
  expect(told(run)).toContain('ERROR: Failed to configure the CMake subproject');
  expect(told(run)).toContain('Cannot find source file: missing.c');
  expect(run.status).toBe(2);
});

test.skipIf(!hasCmake)(
  'CMake tries compilers by kaon where there is neither ninja nor make',
  () => {
    const made = project(files);
    const programs = join(made.folder, 'programs');
    mkdirSync(programs);
    const needed = ['ar', 'as', 'cc', 'cmake', 'ld', 'nm', 'node', 'ranlib', 'readlink', 'sh'];
    for (const name of needed) {
      const found = spawnSync('sh', ['-c', `command -v ${name}`], {
        encoding: 'utf8',
      }).stdout.trim();
      symlinkSync(found, join(programs, name));
    }
    const run = made.kaon(['test'], { env: { PATH: programs } });
    expect(told(run)).toContain('CMake project lib 1.2 has 4 build targets.');
    expect(told(run)).toContain('Fail:              0');
  },
);
