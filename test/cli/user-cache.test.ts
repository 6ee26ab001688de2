import { expect, test } from 'vitest';
import { userCache } from '../../src/cli/user-cache.ts';
import { MemoryHost } from '../support/memory-host.ts';

test.each([
  ['/var/cache', '/var/cache/kaon'],
  ['relative', '/home/user/.cache/kaon'],
  ['', '/home/user/.cache/kaon'],
])('with XDG_CACHE_HOME=%s the cache is %s', (given, expected) => {
  const host = new MemoryHost({});
  const environment = { ...host.system.environment, XDG_CACHE_HOME: given };
  const system = { ...host.system, environment, homeDirectory: '/home/user' };
  expect(userCache({ ...host, system })).toBe(expected);
});
