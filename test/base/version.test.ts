import { expect, test } from 'vitest';
import { nearest } from '../../src/base/nearest.ts';
import { compareVersions, versionMatches } from '../../src/base/version.ts';

test.each([
  ['1.0', '1.0.0', -1],
  ['1.10', '1.9', 1],
  ['1.0rc1', '1.0', 1],
  ['1.a', '1.1', -1],
  ['0.9.0-r3', '0.9.0-r10', -1],
  ['5.0.0~git', '5.0.0', 1],
  ['01', '1', 0],
  ['', '1', -1],
  ['1.20261122121500001', '1.20261122121500002', -1],
  ['00000000000000001', '1', 0],
] as const)('version %s against %s is %i', (a, b, order) => {
  expect(compareVersions(a, b)).toBe(order);
  expect(compareVersions(b, a)).toBe(order === 0 ? 0 : -order);
});

test.each([
  ['1.2.3', '>=1.2', true],
  ['1.2.3', '< 1.2', false],
  ['1.2', '1.2', true],
  ['1.2', '==1.2', true],
  ['1.2', '!=1.2', false],
  ['1.2', '=1.3', false],
  ['1.3', ' >=1.2', false],
  ['1.2', ' 1.2 ', true],
])('version %s meets %s: %s', (version, requirement, expected) => {
  expect(versionMatches(version, requirement)).toBe(expected);
});

test('the nearest name forgives a swap and a letter, not another word', () => {
  expect(nearest('exectuable', ['executable', 'library'])).toBe('executable');
  expect(nearest('linkwith', ['link_with', 'link_whole'])).toBe('link_with');
  expect(nearest('zebra', ['executable', 'library'])).toBeUndefined();
});
