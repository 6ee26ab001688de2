import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { planned } from '../support/plan.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

const files = {
  'meson.build': "project('x', 'c', 'cpp')\nexecutable('app', 'm.c')\nexecutable('plus', 'm.cpp')",
  'm.c': '',
  'm.cpp': '',
  'subprojects/mylibc/meson.build':
    "project('mylibc', 'c')\nlibc = static_library('c', 'libc.c')\ndep = declare_dependency(link_with: libc)\nmeson.override_dependency('c_stdlib', dep)",
  'subprojects/mylibc/libc.c': '',
};

function evaluated(property: string) {
  const host = new MemoryHost();
  installGcc(host);
  installGcc(host, 'c++');
  const native = `[properties]\nc_stdlib = ${property}\n`;
  return evaluateText({ ...files, 'n.ini': native }, { host, nativeFiles: ['n.ini'] });
}

test.each(["'mylibc'", "['mylibc', 'dep']"])(
  'a standard library that a machine file names (%s) takes the place of the compiler’s own',
  (property) => {
    const { error, model } = evaluated(property);
    if (model === undefined) throw new Error(error);
    const { command } = planned(model);
    expect(command('app.p/m.c.o')).toContain('-nostdinc -D_FILE_OFFSET_BITS=64');
    expect(command('app')).toMatch(/ -nostdlib .*subprojects\/mylibc\/libc\.a/);
    expect(command('subprojects/mylibc/libc.a.p/libc.c.o')).toContain('-nostdinc');
    expect(command('plus')).not.toContain('mylibc');
    expect(command('plus.p/m.cpp.o')).not.toContain('-nostdinc');
  },
);

test('a standard library that is nowhere is an error', () => {
  expect(evaluated("'nolibc'").error).toContain('nolibc');
});
