import { expect, test } from 'vitest';
import { runningTests } from '../../../src/testrun/report/running-tests.ts';
import type { TestResult, TestRun } from '../../../src/testrun/test-run.ts';
import { plannedTest } from '../planned-test.ts';

function run(title: string): TestRun {
  return {
    test: plannedTest(title),
    title,
    argv: [title],
    environment: {},
    workingDirectory: '/',
    timeoutSeconds: 30,
    parallel: true,
    verbose: false,
    interactive: false,
    commandLine: title,
  };
}

test('the tests that run are shown with their times, and how many failed', () => {
  let [nowMs, shown]: [number, readonly string[]] = [0, []];
  const progress = runningTests({
    show: (lines) => {
      shown = lines;
    },
    nowMs: () => nowMs,
    every: () => () => {},
  });
  const [slow, bad] = [run('proj:slow'), run('proj:bad')];
  progress.begin(12);
  progress.start(slow);
  progress.start(bad);
  nowMs = 4100;
  const failed = { run: bad, outcome: 'fail' } satisfies Partial<TestResult>;
  progress.end(failed as TestResult); // only these are looked at
  expect(shown).toEqual(['[1/12] 1 running, 1 failed, 0:04', '    4.1/30 s  proj:slow']);
  progress.stop();
  expect(shown).toEqual([]);
});
