import type { Child, Finished, Host } from '../host/host.ts';
import { judge } from './judge/judge.ts';
import { returnCode } from './judge/return-code.ts';
import { gtestReport } from './prepare-run.ts';
import { needsParsing, showsOutputLive, type TestResult, type TestRun } from './test-run.ts';

export interface RunTest {
  readonly host: Host;
  /** Standard error joins standard output, unless the output is parsed. */
  readonly mergeOutput: boolean;
  /** For tests whose output is shown live. */
  readonly onOutput: (line: string) => void;
  /** Told of the process, so that it can be ended. */
  readonly onChild: (child: Child) => void;
  /** Whether we ended the process. */
  readonly interrupted: () => boolean;
}

/** Runs one test to its end and judges it. */
export async function runTest(run: TestRun, how: RunTest): Promise<TestResult> {
  const { host } = how;
  const startedAtMs = host.clock.nowMs();
  const start = host.clock.monotonicMs();
  if (run.argv === undefined) return notRunnable(run, startedAtMs);
  const live = showsOutputLive(run) && !run.interactive;
  const child = host.processes.spawn({
    argv: run.argv,
    workingDirectory: run.workingDirectory,
    environment: run.environment,
    terminal: run.interactive,
    mergeOutput: live || (how.mergeOutput && !needsParsing(run.test)),
    ...(run.timeoutSeconds !== undefined && { timeoutMs: run.timeoutSeconds * 1000 }),
    ...(live && { onOutputLine: how.onOutput }),
  });
  how.onChild(child);
  const finished = await child.done;
  const test = run.interactive ? unread(run.test) : run.test;
  const judgement = judge(test, { ...finished, interrupted: how.interrupted() });
  const parsed = needsParsing(test) && run.interactive;
  return {
    run,
    ...judgement,
    outcome: parsed ? 'ignored' : judgement.outcome,
    startedAtMs,
    durationMs: host.clock.monotonicMs() - start,
    ended: finished.ended,
    returnCode: returnCode(finished.ended),
    stdout: ended(finished.stdout),
    stderr: ended(judgement.stderr),
    junit: run.test.protocol === 'gtest' ? readReport(run, host) : undefined,
  };
}

/** A test whose output nobody reads: Rust's tests tell by their exit code as well how they ended. */
function unread(test: TestRun['test']): TestRun['test'] {
  return test.protocol === 'rust' ? { ...test, protocol: 'exitcode' } : test;
}

/** With a line's end, where there is text. */
function ended(text: string): string {
  const unix = text.replaceAll('\r\n', '\n');
  return unix === '' || unix.endsWith('\n') ? unix : `${unix}\n`;
}

function readReport(run: TestRun, host: Host): string | undefined {
  const name = gtestReport(run.test);
  const path = name.startsWith('/') ? name : `${run.workingDirectory}/${name}`;
  const text = host.files.readText(path);
  return text.ok ? text.value : undefined;
}

function notRunnable(run: TestRun, startedAtMs: number): TestResult {
  const ended: Finished['ended'] = { kind: 'exited', code: 77 };
  return {
    run,
    outcome: 'skip',
    startedAtMs,
    durationMs: 0,
    ended,
    returnCode: 77,
    stdout: 'Not run because cannot execute cross compiled binaries.\n',
    stderr: '',
    additionalError: '',
    subtests: [],
    warnings: [],
    junit: undefined,
  };
}
