import type { TestRun } from './test-run.ts';

interface Turn {
  readonly run: TestRun;
  readonly over: Promise<void>;
}

/**
 * Runs at most `jobs` tests at once, in order. One that may not run beside others waits for all before it
 * and goes alone; those of crates let others pass until no test of a crate is under way.
 */
export async function inTurn(
  runs: readonly TestRun[],
  jobs: number,
  one: (run: TestRun) => Promise<void>,
): Promise<void> {
  const waiting = [...runs];
  const running = new Set<Turn>();
  for (;;) {
    const next = nextOf(waiting, running, Math.max(1, jobs));
    if (next === undefined) {
      if (running.size === 0) return;
      await Promise.race([...running].map(({ over }) => over));
      continue;
    }
    waiting.splice(waiting.indexOf(next), 1);
    const turn: Turn = { run: next, over: one(next).finally(() => running.delete(turn)) };
    running.add(turn);
  }
}

function nextOf(
  waiting: readonly TestRun[],
  running: ReadonlySet<Turn>,
  jobs: number,
): TestRun | undefined {
  const now = [...running].map(({ run }) => run);
  if (now.length >= jobs || now.some(({ parallel }) => !parallel)) return undefined;
  const isCrateTested = now.some(ofCrate);
  for (const run of waiting) {
    if (!run.parallel) return now.length === 0 && run === waiting[0] ? run : undefined;
    if (!(isCrateTested && ofCrate(run))) return run;
  }
  return undefined;
}

/** Cargo runs one program of tests after the other, so they share ports, files and databases. */
function ofCrate({ test }: TestRun): boolean {
  return test.crateTarget !== undefined;
}
