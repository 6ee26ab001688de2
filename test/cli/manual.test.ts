import { expect, test } from 'vitest';
import { manualNames, manualOf } from '../../src/cli/manual.ts';

test('functions, methods and modules have a manual, from their declarations', () => {
  expect(manualOf('message')).toMatch(/^message\(/);
  expect(manualOf('str.split')).toMatch(/^str\.split\(/);
  expect(manualOf('split')).toContain('str.split(');
  expect(manualOf('fs.exists')).toMatch(/^fs\.exists\(/);
  expect(manualOf('nothing')).toBeUndefined();
});

test('every name that is told has a manual', () => {
  expect(manualNames().filter((name) => manualOf(name) === undefined)).toEqual([]);
});
