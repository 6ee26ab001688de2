import { expect, test } from 'vitest';
import { OwnEcho } from '../../../src/cli/watch/own-echo.ts';

const log = new Set(['/p/watch.log']);

test('a file that alone changes each time right after we spoke is what we say ourselves', () => {
  const echo = new OwnEcho();
  expect([echo.heard(log, 20), echo.heard(log, 40)]).toEqual([undefined, undefined]);
  expect(echo.isFound('/p/watch.log')).toBe(false);
  expect(echo.heard(log, 20)).toBe('/p/watch.log');
  expect(echo.isFound('/p/watch.log')).toBe(true);
  expect(echo.isFound('/p/a.c')).toBe(false);
});

test.each([
  ['later', log, 2000],
  ['with another', new Set(['/p/watch.log', '/p/a.c']), 20],
  ['after another', new Set(['/p/a.c']), 20],
])('a file that changes %s may be a source', (_how, between, sinceMs) => {
  const echo = new OwnEcho();
  echo.heard(log, 20);
  echo.heard(log, 20);
  expect(echo.heard(between, sinceMs)).toBeUndefined();
  expect([echo.heard(log, 20), echo.heard(log, 20)]).toEqual([undefined, undefined]);
});
