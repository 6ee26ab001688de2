import { isJsonObject, parseJsonObject } from '../base/parse-json.ts';
import type { TestOutcome } from '../events/event.ts';
import type { Files } from '../host/host.ts';
import type { PlannedTest } from '../model/test-plan.ts';
import type { TestObserver } from './report/observer.ts';
import { outcomeWords } from './report/result-line.ts';
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

/** What is remembered of earlier runs; nothing where it cannot be read. */
export function loadHistory(files: Files, buildRoot: string): TestHistory {
  const text = files.readText(pathOf(buildRoot));
  if (!text.ok) return new Map();
  const stored = Object.entries(parseJsonObject(text.value) ?? {});
  return new Map(stored.map(([key, value]) => [key, memoryOf(value)]));
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
  const { runs: told, passedWith } = isJsonObject(value) ? value : {};
  const runs = Array.isArray(told) ? told.flatMap(pastRun) : [];
  return { runs, ...(typeof passedWith === 'string' && { passedWith }) };
}

function pastRun(value: unknown): readonly PastRun[] {
  const { atMs = 0, durationMs = 0, outcome } = isJsonObject(value) ? value : {};
  if (!isOutcome(outcome)) return [];
  return [{ atMs: Number(atMs), outcome, durationMs: Number(durationMs) }];
}

function isOutcome(word: unknown): word is TestOutcome {
  return typeof word === 'string' && Object.hasOwn(outcomeWords, word);
}
