import { expect, test } from 'vitest';
import { findInPath } from '../../src/host/find-in-path.ts';
import { MemoryHost } from '../support/memory-host.ts';

test('a program that only others may run is passed over', () => {
  const host = new MemoryHost({ '/sbin/pppd': '', '/opt/pppd': '' });
  const system = { environment: { PATH: '/sbin:/opt' } };
  for (const path of ['/sbin/pppd', '/opt/pppd']) host.files.setMode(path, 0o4754);
  expect(findInPath({ files: host.files, system }, 'pppd')).toBe('/sbin/pppd');
  const stat = (path: string) => {
    const found = host.files.stat(path);
    return found && path.startsWith('/sbin/') ? { ...found, isForOthers: true as const } : found;
  };
  expect(findInPath({ files: { stat }, system }, 'pppd')).toBe('/opt/pppd');
});
