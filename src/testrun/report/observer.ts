import type { TestOutcome } from '../../events/event.ts';
import type { TestOptions } from '../test-options.ts';
import type { TestResult, TestRun } from '../test-run.ts';

/** What all reports of a test run need to know before it starts. */
export interface TestSession {
  readonly options: TestOptions;
  readonly runs: readonly TestRun[];
}

/** A result with its number, given in the order in which tests are first shown. */
export interface NumberedResult extends TestResult {
  readonly number: number;
}

export interface TestTotals {
  readonly counts: Readonly<Record<TestOutcome, number>>;
  /** Those that people have to look at. */
  readonly failures: readonly NumberedResult[];
  readonly durationMs: number;
}

/** Who is told how a test run goes: the console, the logs. */
export interface TestObserver {
  readonly started?: (session: TestSession) => void;
  readonly testStarted?: (run: TestRun, number: number | undefined) => void;
  readonly output?: (line: string) => void;
  readonly testFinished?: (result: NumberedResult) => void;
  readonly finished?: (totals: TestTotals) => void;
}
