import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accepts, apiOf, parseRequirement } from '../../src/cargo/requirement.ts';

function check(requirement: string, version: string): boolean | string {
  const parsed = parseRequirement(requirement);
  return parsed.ok ? accepts(parsed.value, version) : parsed.error;
}

test.each([
  ['1.2.3', '1.2.3 1.9.0', '1.2.2 2.0.0 1.9.0-alpha'],
  ['1.2', '1.2.0 1.9.9', '1.1.9 2.0.0'],
  ['1', '1.0.0 1.9.9', '0.9.9 2.0.0'],
  ['0.2.3', '0.2.3 0.2.9', '0.2.2 0.3.0'],
  ['0.0.3', '0.0.3', '0.0.2 0.0.4'],
  ['0.0', '0.0.0 0.0.9', '0.1.0'],
  ['0', '0.0.0 0.9.9', '1.0.0'],
  ['~1.2.3', '1.2.3 1.2.9', '1.3.0'],
  ['~1', '1.0.0 1.9.0', '2.0.0'],
  ['=1.2.3', '1.2.3 1.2.3+build', '1.2.4'],
  ['=1.2', '1.2.0 1.2.9', '1.3.0'],
  ['>1.2', '1.3.0', '1.2.0 1.2.9'],
  ['<=1.2', '1.2.9 0.1.0', '1.3.0'],
  ['>=1.2, <1.5', '1.2.0 1.4.9', '1.5.0 1.1.0'],
  ['>= 1.2 , < 1.5', '1.4.0', '1.5.0'],
  ['*', '0.0.1 9.9.9', '1.0.0-rc.1'],
  ['1.*', '1.0.0 1.9.9', '2.0.0'],
  ['1.2.*', '1.2.0 1.2.9', '1.3.0'],
  ['1.0.0-alpha.1', '1.0.0-alpha.1 1.0.0-beta 1.0.0 1.5.0', '1.0.0-alpha.0 1.1.0-alpha.1 2.0.0'],
  ['1.2.3+meta', '1.2.3 1.4.0', '1.2.2'],
])('"%s" accepts %s and not %s', (requirement, yes, no) => {
  for (const version of yes.split(' '))
    expect([version, check(requirement, version)]).toEqual([version, true]);
  for (const version of no.split(' '))
    expect([version, check(requirement, version)]).toEqual([version, false]);
});

test.each([
  '',
  ' ',
  '1.2 || 1.3',
  '1.2.3 - 1.5.0',
  '>=1.2 <1.5',
  'latest',
  'v1.2.3',
  '1.2.3.4',
  '>=*',
  ',1',
])('"%s" is refused, as Cargo refuses it', (text) => {
  expect(check(text, '1.0.0')).toMatch(/is not a version requirement|compares with a wildcard/);
});

const number = fc.nat(3);
const versions = fc.tuple(number, number, number);

test('a caret accepts exactly what keeps the first number that is not zero', () => {
  fc.assert(
    fc.property(versions, versions, (wanted, version) => {
      const first = wanted.findIndex((one) => one !== 0);
      const keep = first === -1 ? 2 : first;
      const same = wanted.slice(0, keep + 1).every((one, at) => one === version[at]);
      const notOlder = compare(version, wanted) >= 0;
      expect(check(wanted.join('.'), version.join('.'))).toBe(same && notOlder);
    }),
  );
});

test('comparators joined by commas all hold', () => {
  const operators = fc.constantFrom('>=', '<=', '>', '<', '=', '~', '^');
  const one = fc
    .tuple(operators, versions)
    .map(([operator, version]) => operator + version.join('.'));
  fc.assert(
    fc.property(one, one, versions, (a, b, version) => {
      const text = version.join('.');
      expect(check(`${a}, ${b}`, text)).toBe(check(a, text) === true && check(b, text) === true);
    }),
  );
});

test('the API of a version ends with its first number that is not zero', () => {
  const apis = ['1.2.3', '0.2.3', '0.0.3', '=2.0.66', '>=0.11, <0.12', '*', '~1.2', '0'].map(apiOf);
  expect(apis).toEqual(['1', '0.2', '0', '2', '0.11', '', '1', '0']);
});

function compare(a: readonly number[], b: readonly number[]): number {
  for (const at of [0, 1, 2]) if (a[at] !== b[at]) return (a[at] ?? 0) - (b[at] ?? 0);
  return 0;
}
