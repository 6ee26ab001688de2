import type { Subtest, TestOutcome } from '../events/event.ts';
import type { Finished } from '../host/host.ts';
import type { PlannedTest } from '../model/test-plan.ts';
import { exitStatusText } from './judge/return-code.ts';

/** One run of one test: what is known before it starts. */
export interface TestRun {
  readonly test: PlannedTest;
  /** Its suites, project and name: `fast+slow - project:name`. */
  readonly title: string;
  /** Program, wrappers and arguments; undefined where it cannot run on this machine. */
  readonly argv: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly timeoutSeconds: number | undefined;
  readonly parallel: boolean;
  readonly verbose: boolean;
  readonly interactive: boolean;
  /** Its command for people: variables that are not in our environment, and the words quoted. */
  readonly commandLine: string;
}

/** A run that is over. */
export interface TestResult {
  readonly run: TestRun;
  readonly outcome: TestOutcome;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly ended: Finished['ended'];
  readonly returnCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What went wrong around the test, shown behind its errors. */
  readonly additionalError: string;
  readonly subtests: readonly NumberedSubtest[];
  readonly warnings: readonly string[];
  /** The report that a gtest program wrote. */
  readonly junit: string | undefined;
}

/** A subtest; TAP gives each a number that Meson shows before its name. */
export interface NumberedSubtest extends Subtest {
  readonly number: number;
}

const bad: ReadonlySet<TestOutcome> = new Set([
  'fail',
  'timeout',
  'interrupted',
  'unexpected-pass',
  'error',
]);

/** Whether a run with such an outcome fails. */
export function isBad(outcome: TestOutcome): boolean {
  return bad.has(outcome);
}

/** The protocols whose output is read; of the others only the exit code counts. */
export function needsParsing(test: PlannedTest): boolean {
  return test.protocol === 'tap' || test.protocol === 'rust';
}

/** Its output goes straight to the terminal, as it runs alone and somebody watches. */
export function showsOutputLive({ verbose, parallel, test }: TestRun): boolean {
  return verbose && !parallel && !needsParsing(test);
}

/** What stands behind the time: `exit status 1`, `2/17 subtests passed`, or nothing. */
export function details({ returnCode, subtests }: TestResult): string {
  if (returnCode !== 0) return exitStatusText(returnCode);
  if (subtests.length === 0) return '';
  const passed = subtests.filter(({ outcome }) => outcome === 'ok' || outcome === 'expected-fail');
  const ran = subtests.filter(({ outcome }) => outcome !== 'skip' && outcome !== 'ignored');
  return passed.length === ran.length
    ? `${passed.length} subtests passed`
    : `${passed.length}/${ran.length} subtests passed`;
}
