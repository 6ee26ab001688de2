import { expect, test } from 'vitest';
import { gdbHelpers, layGdbHelpers } from '../../../src/cli/setup/gdb-helpers.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { plannedText } from '../../support/plan-text.ts';

const { install } = plannedText({
  'meson.build': [
    "project('p', 'c')",
    "shared_library('a', 'a.c', version: '1.2', install: true)",
    "install_data('liba.so.1.2-gdb.py', 'libb.so-gdb.py', install_dir: 'share/gdb/auto-load')",
  ].join('\n'),
  ...{ 'a.c': '', 'liba.so.1.2-gdb.py': '', 'libb.so-gdb.py': '' },
});
const helpers = gdbHelpers(install.items, '/project/build');

test('a script for gdb is a helper where the library it is named after is installed, too', () => {
  expect(helpers).toEqual([
    { script: '/project/liba.so.1.2-gdb.py', target: '/project/build/liba.so.1.2' },
  ]);
});

test('helpers lie in a mirror that .gdbinit names, which is told once', () => {
  const host = new MemoryHost({ 'build/.gdbinit': 'set pagination off' });
  const here = { helpers, buildRoot: '/project/build', workdir: '/project' };
  expect(layGdbHelpers(host, here)).toEqual([]);
  host.program('gdb', () => '');
  expect(layGdbHelpers(host, here)).toContain(
    'Detected GDB helpers and added config in build/.gdbinit',
  );
  expect(layGdbHelpers(host, here)).toEqual([]);
  const mirror = '/project/build/meson-private/gdb-auto-load';
  expect(host.files.readText('/project/build/.gdbinit')).toEqual({
    ok: true,
    value: `set pagination off\nadd-auto-load-scripts-directory ${mirror}\n`,
  });
  expect(host.files.readLink(`${mirror}/project/build/liba.so.1.2-gdb.py`)).toEqual({
    ok: true,
    value: '/project/liba.so.1.2-gdb.py',
  });
});
