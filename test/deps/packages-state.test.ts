import { expect, test } from 'vitest';
import { isNoPackage } from '../../src/deps/packages-state.ts';
import { MemoryHost } from '../support/memory-host.ts';

const tool = '/usr/bin/pkg-config';

/** Whether it shows without asking pkg-config that it knows no package `foo`. */
function isKnownToMiss(
  files: Readonly<Record<string, string>>,
  { name = 'foo', environment = {}, program = '\x7fELF' } = {},
): boolean {
  const host = new MemoryHost({ [tool]: program, ...files });
  const folders = '/usr/lib/pkgconfig:/usr/share/pkgconfig';
  const all = { PKG_CONFIG_LIBDIR: folders, ...environment };
  return isNoPackage(host, { tool, environment: all }, name);
}

test('a package that no folder has is missed without asking pkg-config', () => {
  expect(isKnownToMiss({ '/usr/lib/pkgconfig/bar.pc': 'Name: bar\n' })).toBe(true);
  expect(isKnownToMiss({ '/usr/lib/pkgconfig/foo.pc': 'Name: foo\n' })).toBe(false);
  expect(isKnownToMiss({ '/usr/share/pkgconfig/foo-uninstalled.pc': '' })).toBe(false);
});

test('a package that another provides is asked for', () => {
  const bar = '/usr/lib/pkgconfig/bar.pc';
  expect(isKnownToMiss({ [bar]: 'Name: bar\nProvides: baz, foo = 1\n' })).toBe(false);
  expect(isKnownToMiss({ [bar]: 'Name: bar\nProvides: ${what}\n' })).toBe(false);
  expect(isKnownToMiss({ [bar]: 'Name: bar\nProvides: baz\n' })).toBe(true);
});

test('folders that the user names count, also where they are all', () => {
  const own = { '/own/foo.pc': '' };
  expect(isKnownToMiss(own)).toBe(true);
  expect(isKnownToMiss(own, { environment: { PKG_CONFIG_PATH: '/own' } })).toBe(false);
  expect(isKnownToMiss(own, { environment: { PKG_CONFIG_LIBDIR: '/own' } })).toBe(false);
  expect(isKnownToMiss({}, { environment: { PKG_CONFIG_PATH: 'own' } })).toBe(false);
});

test('names, tools and variables of which there is more to know are left to pkg-config', () => {
  for (const name of ['foo >= 1', './foo', 'foo.pc', 'pkg-config'])
    expect(isKnownToMiss({}, { name })).toBe(false);
  expect(isKnownToMiss({}, { program: '#!/bin/sh\n' })).toBe(false);
  expect(isKnownToMiss({}, { environment: { PKG_CONFIG_PRELOADED_FILES: '/x' } })).toBe(false);
});
