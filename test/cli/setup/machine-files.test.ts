import { expect, test } from 'vitest';
import { machineFiles } from '../../../src/cli/setup/machine-files.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const found = (names: readonly string[], host: MemoryHost) => {
  const result = machineFiles(host, 'cross', { names, buildRoot: '/b' });
  return result.ok ? result.value : result.error;
};

test('machine files are found here, in the home folder and where systems keep them', () => {
  const home = new MemoryHost().system.homeDirectory;
  const host = new MemoryHost({
    '/project/a.ini': '',
    [`${home}/b.ini`]: '',
    [`${home}/.local/share/meson/cross/arm`]: '',
    '/usr/share/meson/cross/arm': '',
    '/usr/share/meson/cross/riscv': '',
    '/usr/share/meson/native/gcc': '',
  });
  expect(found(['a.ini', '~/b.ini', 'arm', 'riscv'], host)).toEqual([
    '/project/a.ini',
    `${home}/b.ini`,
    `${home}/.local/share/meson/cross/arm`,
    '/usr/share/meson/cross/riscv',
  ]);
  expect(found(['gcc'], host)).toBe('Cannot find specified cross file: gcc');
});

test('the environment says where else to look', () => {
  const environment = { XDG_DATA_HOME: '/x', XDG_DATA_DIRS: '/y:/z' };
  const host = new MemoryHost({ '/z/meson/cross/arm': '' }, { environment });
  expect(found(['arm'], host)).toEqual(['/z/meson/cross/arm']);
});
