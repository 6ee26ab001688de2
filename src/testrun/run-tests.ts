import { err, ok, type Result } from '../base/result.ts';
import type { Listener } from '../events/event.ts';
import type { Child, Host } from '../host/host.ts';
import type { PlannedTest, TestPlan } from '../model/test-plan.ts';
import { inTurn } from './in-turn.ts';
import { prepareRun } from './prepare-run.ts';
import { eventObserver } from './report/event-observer.ts';
import type { TestObserver, TestTotals } from './report/observer.ts';
import { TestTally } from './report/tally.ts';
import { runTest } from './run-test.ts';
import { type Selection, selectTests } from './select-tests.ts';
import type { TestOptions } from './test-options.ts';
import { isBad, type TestResult, type TestRun } from './test-run.ts';

/** Which tests are run, and who is told. */
export interface RunTests {
  readonly host: Host;
  readonly plan: TestPlan;
  readonly options: TestOptions;
  readonly listener: Listener;
  readonly observers: readonly TestObserver[];
  /** Chooses among the tests that the options choose; all when absent. */
  readonly only?: (test: PlannedTest) => boolean;
  /** Ends the run: tests that are under way count as interrupted. */
  readonly signal?: AbortSignal;
}

export interface TestsOutcome {
  readonly totals: TestTotals;
  /** What Meson's runner exits with: 1 when a test failed. */
  readonly exitCode: number;
}

/** Runs the tests that the options choose. An error is a message about the command line. */
export async function runTests(request: RunTests): Promise<Result<TestsOutcome, string>> {
  const selected = selectTests(request.plan, request.options);
  if (!selected.ok) return selected;
  const runs = prepareRuns(selected.value, request);
  if (!runs.ok) return runs;
  return ok(await runAll(runs.value, request));
}

function prepareRuns(selection: Selection, request: RunTests): Result<readonly TestRun[], string> {
  const { host } = request;
  const { repeat } = request.options;
  const tests = selection.tests.filter(request.only ?? (() => true));
  const jobs = Math.min(request.options.jobs, tests.length * repeat);
  const options = { ...request.options, jobs };
  const runs: TestRun[] = [];
  for (let iteration = 1; iteration <= repeat; iteration++) {
    for (const test of tests) {
      const setup = selection.setupOf(test);
      const run = prepareRun(test, { host, options, setup, iteration });
      if (!run.ok) return err(run.error);
      runs.push(run.value);
    }
  }
  return ok(runs);
}

async function runAll(runs: readonly TestRun[], request: RunTests): Promise<TestsOutcome> {
  const { host, options } = request;
  const observers = [...request.observers, eventObserver(request.listener, host)];
  const tell = (call: (observer: TestObserver) => void): void => {
    for (const observer of observers) call(observer);
  };
  const tally = new TestTally();
  const children = new Set<Child>();
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    for (const child of children) endSoon(child);
  };
  request.signal?.addEventListener('abort', stop, { once: true });
  if (request.signal?.aborted === true) stop();
  const start = host.clock.monotonicMs();
  tell((observer) => observer.started?.({ options, runs }));

  const one = async (run: TestRun): Promise<void> => {
    if (stopped || (options.repeat > 1 && tally.failed > 0)) return;
    const number = run.verbose ? tally.number() : undefined;
    tell((observer) => observer.testStarted?.(run, number));
    let child: Child | undefined;
    const result: TestResult = await runTest(run, {
      host,
      mergeOutput: !options.split,
      onOutput: (line) => tell((observer) => observer.output?.(line)),
      onChild: (started) => {
        child = started;
        children.add(started);
      },
      interrupted: () => stopped,
    });
    if (child !== undefined) children.delete(child);
    const numbered = { ...result, number: number ?? tally.number() };
    const enough = options.maxFail > 0 && tally.failed >= options.maxFail;
    tally.add(numbered, { becauseOfMaxFail: enough });
    tell((observer) => observer.testFinished?.(numbered));
    const reached = options.maxFail > 0 && tally.failed >= options.maxFail;
    if (reached && isBad(result.outcome) && !stopped) stop();
  };
  await inTurn(runs, options.jobs, one);

  request.signal?.removeEventListener('abort', stop);
  const totals = tally.totals(host.clock.monotonicMs() - start);
  tell((observer) => observer.finished?.(totals));
  return { totals, exitCode: tally.allFailed > 0 ? 1 : 0 };
}

/** How long after TERM an interrupted test is killed. */
const graceMs = 500;

function endSoon(child: Child): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  void child.done.then(() => clearTimeout(timer));
}
