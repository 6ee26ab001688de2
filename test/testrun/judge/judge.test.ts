import { expect, test } from 'vitest';
import { judge } from '../../../src/testrun/judge/judge.ts';
import { plannedTest } from '../planned-test.ts';

test('a test whose parts cannot all be read is an error', () => {
  const ended = { kind: 'exited', code: 0 } as const;
  const end = { ended, stdout: 'ok 9999\n', stderr: '', isCut: true, interrupted: false } as const;
  const outcomes = (['tap', 'rust', 'exitcode'] as const).map((protocol) => {
    const { outcome, additionalError } = judge(plannedTest('much', { protocol }), end);
    return [protocol, outcome, additionalError];
  });
  expect(outcomes).toEqual([
    ['tap', 'error', 'its output is too long to be read: only the end of it was kept'],
    ['rust', 'error', 'its output is too long to be read: only the end of it was kept'],
    ['exitcode', 'ok', ''],
  ]);
});
