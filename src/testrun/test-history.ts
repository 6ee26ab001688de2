import type { TestOutcome } from '../events/event.ts';
import type { Files } from '../host/host.ts';
import type { PlannedTest } from '../model/test-plan.ts';
import type { TestObserver } from './observer.ts';
import { outcomeWords } from './result-line.ts';
import { testTitle } from './select-tests.ts';
import { isBad } from './test-run.ts';

/** One run of a test in the past. */
export interface PastRun {
  readonly atMs: number;
  readonly outcome: TestOutcome;
  readonly durationMs: number;
}

/** What a build directory remembers of a test. */
export interface TestMemory {
  /** The latest comes last. */
  readonly runs: readonly PastRun[];
  /** What the test rested on when it last passed: see `fingerprints`. */
  readonly passedWith?: string;
}

/** By `testKey`. */
export type TestHistory = ReadonlyMap<string, TestMemory>;

const mostRuns = 20;

/** How a test is called across setups of a build directory. Benchmarks are apart. */
export function testKey(test: PlannedTest): string {
  return test.benchmark ? `benchmark ${testTitle(test)}` : testTitle(test);
}

export function loadHistory(files: Files, buildRoot: string): TestHistory {
  const text = files.readText(pathOf(buildRoot));
  if (!text.ok) return new Map();
  try {
    const stored: unknown = JSON.parse(text.value);
    const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
    return new Map(entries.map(([key, value]) => [key, memoryOf(value)]));
  } catch {
    return new Map();
  }
}

/** Whether the last run of a test was no good. */
export function failedLast(history: TestHistory, test: PlannedTest): boolean {
  const last = history.get(testKey(test))?.runs.at(-1);
  return last !== undefined && isBad(last.outcome);
}

/** Remembers each test of a run, also of one that is interrupted. */
export function historyObserver(
  files: Files,
  buildRoot: string,
  fingerprints: ReadonlyMap<PlannedTest, string>,
): TestObserver {
  const history = new Map(loadHistory(files, buildRoot));
  return {
    testFinished: ({ run: { test }, outcome, startedAtMs, durationMs }) => {
      // It was ended for the sake of others; that says nothing of it.
      if (outcome === 'interrupted') return;
      const key = testKey(test);
      const before = history.get(key);
      const past = { atMs: startedAtMs, outcome, durationMs: Math.round(durationMs) };
      const runs = [...(before?.runs ?? []), past].slice(-mostRuns);
      const passed = isBad(outcome) ? undefined : fingerprints.get(test);
      history.set(key, { runs, ...(passed !== undefined && { passedWith: passed }) });
    },
    finished: () => {
      const text = JSON.stringify(Object.fromEntries(history));
      files.replace(pathOf(buildRoot), text);
    },
  };
}

function pathOf(buildRoot: string): string {
  return `${buildRoot}/meson-private/kaon-tests.json`;
}

function memoryOf(value: unknown): TestMemory {
  if (typeof value !== 'object' || value === null) return { runs: [] };
  const runs = 'runs' in value && Array.isArray(value.runs) ? value.runs.flatMap(pastRun) : [];
  const passedWith = 'passedWith' in value ? value.passedWith : undefined;
  return { runs, ...(typeof passedWith === 'string' && { passedWith }) };
}

function pastRun(value: unknown): readonly PastRun[] {
  if (typeof value !== 'object' || value === null) return [];
  const atMs = 'atMs' in value ? Number(value.atMs) : 0;
  const durationMs = 'durationMs' in value ? Number(value.durationMs) : 0;
  const said = 'outcome' in value ? value.outcome : undefined;
  return isOutcome(said) ? [{ atMs, outcome: said, durationMs }] : [];
}

function isOutcome(word: unknown): word is TestOutcome {
  return typeof word === 'string' && word in outcomeWords;
}
