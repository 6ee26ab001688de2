import { expect, test } from 'vitest';
import { TapParser } from '../../../src/testrun/judge/tap-parser.ts';

/** The events of a stream, each as a short line. */
function tap(text: string): readonly string[] {
  const parser = new TapParser();
  const lines = text.split('\n').map((line) => line.replace(/^ {4}\|/, ''));
  return [...lines.flatMap((line) => parser.line(line)), ...parser.end()].map((event) => {
    switch (event.kind) {
      case 'test': {
        const { name, outcome, explanation } = event.subtest;
        return `${event.number} ${name}: ${outcome}${explanation ? ` (${explanation})` : ''}`;
      }
      case 'plan':
        return `plan ${event.tests}${event.skipped ? ' skipped' : ''}`;
      case 'version':
        return `version ${event.version}`;
      case 'unknown':
        return `unknown ${event.lineNumber}: ${event.line}`;
      case 'detail':
        return `of ${event.number}: ${event.text}`;
      default:
        return `${event.kind}: ${event.message}`;
    }
  });
}

test('tests have results, numbers and names', () => {
  expect(tap('1..4\nok\nok 2 two\nnot ok 3 - three\nok four')).toEqual([
    'plan 4',
    '1 : ok',
    '2 two: ok',
    '3 - three: fail',
    '4 four: ok',
  ]);
});

test('directives change what a result means', () => {
  expect(
    tap('not ok 1 # TODO later\nok 2 # todo\nok 3 a # SKIPPED why\nnot ok 4 # skip no\n1..4'),
  ).toEqual([
    '1 : expected-fail (later)',
    '2 : unexpected-pass',
    '3 a: skip (why)',
    '4 : fail (no)',
    'plan 4',
  ]);
});

test('YAML blocks stand behind tests, from version 13', () => {
  const block = 'TAP version 13\n1..1\nok 1\n  ---\n  - message\n  ...';
  expect(tap(block)).toEqual(['version 13', 'plan 1', '1 : ok', 'of 1: - message']);
  expect(tap(block.replace('TAP version 13\n', ''))).toEqual([
    'plan 1',
    '1 : ok',
    'unknown 3:   ---',
    'unknown 4:   - message',
    'unknown 5:   ...',
  ]);
  expect(tap('TAP version 13\nok\n  ---\nok')).toContain(
    'error: YAML block not terminated (started on line 3)',
  );
});

test('plans are checked', () => {
  expect(tap('1..2\nok')).toContain('error: Too few tests run (expected 2, got 1)');
  expect(tap('ok\nok\n1..1')).toContain('error: Too many tests run (expected 1, got 2)');
  expect(tap('1..1\nok\nok')).toContain(
    'error: test number exceeds maximum specified in test plan',
  );
  expect(tap('ok\n1..1\nok')).toContain('error: unexpected test after late plan');
  expect(tap('1..1\n1..1\nok')).toContain('error: more than one plan found');
  expect(tap('1..0 # skip all')).toEqual(['plan 0 skipped']);
  expect(tap('1..1 # skip all\nok')).toContain('error: invalid SKIP directive for plan');
  expect(tap('ok 1\nok 3')).toContain(
    'error: Missing test numbers (expected 2, got test numbered 3',
  );
  expect(tap('ok 1\nok 1')).toContain(
    'error: Duplicate test numbers (expected 2, got test numbered 1',
  );
});

test('after a bail-out nothing is missed', () => {
  expect(tap('1..5\nok\nBail out! no disk')).toEqual(['plan 5', '1 : ok', 'bail-out: no disk']);
});

test('the version stands first and is at least 13', () => {
  expect(tap('ok\nTAP version 13')).toContain('error: version number must be on the first line');
  expect(tap('TAP version 12')).toEqual(['error: version number should be at least 13']);
});

test('comments and empty lines are nothing, subtests are unknown', () => {
  expect(tap('# hello\n\nok\n    ok 1 - inner')).toEqual(['1 : ok', 'unknown 4:     ok 1 - inner']);
});

test('subtests of version 14 count by their parent, which is told of those that failed', () => {
  const stream = [
    'TAP version 14',
    '1..2',
    '# Subtest: inner',
    '    ok 1 - x',
    '    not ok 2 - y',
    '    not ok 3 - z # TODO later',
    '    1..3',
    'not ok 1 - inner',
    'ok 2 - after',
  ];
  expect(tap(stream.join('\n'))).toEqual([
    'version 14',
    'plan 2',
    '1 - inner: fail',
    'of 1: not ok: - y',
    '2 - after: ok',
  ]);
});

test('version 14 has pragmas, and names with an escaped #', () => {
  expect(tap('TAP version 14\n1..1\npragma +strict\nok 1 - a \\# b \\\\ c # SKIP why')).toEqual([
    'version 14',
    'plan 1',
    '1 - a # b \\ c: skip (why)',
  ]);
});
