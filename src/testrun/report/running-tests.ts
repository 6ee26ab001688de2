import { isBad, type TestResult, type TestRun } from '../test-run.ts';
import type { LiveLines } from './live-lines.ts';

/** What a run shows of itself while it lasts. */
export interface RunningTests {
  begin(total: number): void;
  start(run: TestRun): void;
  end(result: TestResult): void;
  stop(): void;
}

const redrawMs = 200;
const mostLines = 8;

/**
 * Shows the tests that run, those longest at work first:
 *
 *     [12/240] 3 running, 1 failed, 0:12
 *        4.1/30 s  unit - app:parser
 */
export function runningTests(live: LiveLines | undefined): RunningTests {
  if (live === undefined) return { begin() {}, start() {}, end() {}, stop() {} };
  const running = new Map<TestRun, number>();
  let [total, ended, failed, startedAtMs] = [0, 0, 0, 0];
  let stopTimer = (): void => {};
  const draw = (): void => {
    if (total === 0 || running.size === 0) return;
    const now = live.nowMs();
    const bad = failed === 0 ? '' : `, ${failed} failed`;
    const headline = `[${ended}/${total}] ${running.size} running${bad}, ${clock(now - startedAtMs)}`;
    const rows = [...running].map(([run, sinceMs]) => row(run, now - sinceMs));
    const hidden = rows.length - mostLines;
    const more = hidden > 0 ? [`          and ${hidden} more`] : [];
    live.show([headline, ...rows.slice(0, mostLines), ...more]);
  };
  return {
    begin: (count) => {
      total = count;
      startedAtMs = live.nowMs();
      stopTimer = live.every(redrawMs, draw);
    },
    start: (run) => {
      running.set(run, live.nowMs());
      draw();
    },
    end: ({ run, outcome }) => {
      running.delete(run);
      ended++;
      if (isBad(outcome)) failed++;
      draw();
    },
    stop: () => {
      stopTimer();
      live.show([]);
    },
  };
}

function row({ title, timeoutSeconds }: TestRun, forMs: number): string {
  const limit = timeoutSeconds === undefined ? '' : `/${Math.round(timeoutSeconds)}`;
  return `${`${(forMs / 1000).toFixed(1)}${limit} s`.padStart(12)}  ${title}`;
}

function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
