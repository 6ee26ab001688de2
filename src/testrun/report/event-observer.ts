import { unreachable } from '../../base/assert.ts';
import type { Exit, Listener } from '../../events/event.ts';
import type { Ended, Host } from '../../host/host.ts';
import { details } from '../test-run.ts';
import type { TestObserver } from './observer.ts';

/** Tells a test run as events. */
export function eventObserver(listener: Listener, { clock }: Pick<Host, 'clock'>): TestObserver {
  let total = 0;
  return {
    started: ({ options, runs }) => {
      total = runs.length;
      listener({ kind: 'tests-started', atMs: clock.nowMs(), total, jobs: options.jobs });
    },
    testStarted: (run, number) =>
      listener({
        kind: 'test-started',
        atMs: clock.nowMs(),
        test: run.title,
        number: number ?? 0,
      }),
    testFinished: (result) =>
      listener({
        kind: 'test-finished',
        atMs: clock.nowMs(),
        number: result.number,
        total,
        test: result.run.title,
        outcome: result.outcome,
        durationMs: result.durationMs,
        exit: exitOf(result.ended, (result.run.timeoutSeconds ?? 0) * 1000),
        subtests: result.subtests,
        stdout: result.stdout,
        stderr: result.stderr + result.additionalError,
        commandLine: result.run.commandLine,
        detail: details(result),
      }),
    finished: ({ counts, durationMs }) =>
      listener({ kind: 'tests-finished', atMs: clock.nowMs(), durationMs, counts }),
  };
}

function exitOf(ended: Ended, timeoutMs: number): Exit {
  switch (ended.kind) {
    case 'exited':
      return { kind: 'code', code: ended.code };
    case 'killed':
      return { kind: 'signal', signal: ended.signal };
    case 'timed-out':
      return { kind: 'timeout', afterMs: timeoutMs };
    case 'not-started':
      return { kind: 'not-started', reason: ended.reason };
    default:
      return unreachable(ended);
  }
}
