import { expect, test } from 'vitest';
import { manualNames, manualOf } from '../../src/cli/manual.ts';

test('functions, methods and modules have a manual, from their declarations', () => {
  expect(manualOf('message')).toMatch(/^message\(/);
  expect(manualOf('str.split')).toMatch(/^str\.split\(/);
  expect(manualOf('split')).toContain('str.split(');
  expect(manualOf('fs.exists')).toMatch(/^fs\.exists\(/);
  expect(manualOf('nothing')).toBeUndefined();
});

test('objects and modules have a page, by the names that build files and the reference use', () => {
  expect(manualOf('fs')).toMatch(/^fs\n\n {2}Questions about files/);
  expect(manualOf('str')).toContain('  split ');
  for (const name of ['compiler', 'meson', 'host_machine', 'dep', 'configuration_data'])
    expect(manualOf(name), name).toBeDefined();
  expect(manualOf('configuration_data.set')).toMatch(/^ConfigurationData\.set\(/);
  expect(manualOf('executable')).toMatch(/^executable\(/);
});

test('every name that is told has a manual', () => {
  expect(manualNames().filter((name) => manualOf(name) === undefined)).toEqual([]);
});
