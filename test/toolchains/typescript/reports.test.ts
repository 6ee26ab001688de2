import { expect, test } from 'vitest';
import { reasonOf } from '../../../src/testrun/report/reason.ts';
import { flatTap } from '../../../src/toolchains/typescript/flat-tap.ts';
import { jestTap } from '../../../src/toolchains/typescript/jest-tap.ts';
import { tapText } from '../../../src/toolchains/typescript/tap-text.ts';

test('tests in suites of node:test count one by one, a suite only where it failed by itself', () => {
  const said = [
    ...['TAP version 13', '# Subtest: s \\# 1', '    # Subtest: a', '    ok 1 - a', '      ---'],
    ...['      duration_ms: 1', '      ...', '    # Subtest: b', '    not ok 2 - b', '      ---'],
    ...["      error: 'no'", '      ...', '    1..2', 'not ok 1 - s \\# 1', '  ---'],
    ...["  failureType: 'subtestsFailed'", '  ...', '# Subtest: h', '    # Subtest: x'],
    ...['    ok 1 - x', '    1..1', 'not ok 2 - h', '  ---', "  failureType: 'hookFailed'"],
    ...['  ...', '# Subtest: later', 'ok 3 - later # TODO', '1..3', '# tests 4', ''],
  ];
  expect(flatTap(said.join('\n')).split('\n')).toEqual([
    ...['TAP version 14', '1..5', 'ok 1 - s \\# 1 > a', '  ---', '  duration_ms: 1', '  ...'],
    ...[
      'not ok 2 - s \\# 1 > b',
      '  ---',
      "  error: 'no'",
      '  ...',
      'ok 3 - h > x',
      'not ok 4 - h',
    ],
    ...['  ---', "  failureType: 'hookFailed'", '  ...', 'ok 5 - later', ''],
  ]);
});

test('a report of jest is told as TAP, a file that could not be run too', () => {
  const test = { ancestorTitles: ['s'], title: 'a #1', status: 'passed', failureMessages: [] };
  const bad = { ...test, title: 'b', status: 'failed', failureMessages: ['Error: no\n  at x'] };
  const later = { ...test, ancestorTitles: [], title: 'c', status: 'todo' };
  const report = {
    testResults: [
      { name: '/a', status: 'failed', message: '', assertionResults: [test, bad, later] },
      { name: '/b', status: 'failed', message: 'Syntax', assertionResults: [] },
    ],
  };
  expect(jestTap(JSON.stringify(report)).split('\n')).toEqual([
    ...['TAP version 14', '1..4', 'ok 1 - s > a \\#1', 'not ok 2 - s > b', '  ---', '  Error: no'],
    ...['    at x', '  ...', 'ok 3 - c # SKIP', 'not ok 4 - /b', '  ---', '  Syntax', '  ...', ''],
  ]);
});

test('tests of vitest that are still to be written are skipped', () => {
  const said = 'TAP version 13\n1..2\nok 1 - a # time=1ms\nok 2 - b # TODO\n';
  expect(tapText(said)).toBe(said.replace('TODO', 'SKIP'));
});

test.each([
  ["duration_ms: 1\nerror: 'no'\nstack: |-", 'no'],
  ['error:\n    name: "E"\n    message: "is 2"', 'is 2'],
  ['message: |-\n  first\n  second', 'first'],
  ['Error: plain\n at x', 'Error: plain'],
])('the reason of %j is %s', (explanation, reason) => {
  expect(reasonOf(explanation)).toBe(reason);
});
