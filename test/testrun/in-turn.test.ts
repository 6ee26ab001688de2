import { expect, test } from 'vitest';
import { inTurn } from '../../src/testrun/in-turn.ts';
import type { TestRun } from '../../src/testrun/test-run.ts';
import { plannedTest } from './planned-test.ts';

test('tests run beside each other, as many as there are jobs', async () => {
  expect(await told([plain('a'), plain('b'), plain('c')], 2)).toBe('a+ b+ a- c+ b- c-');
});

test('one that may not run beside others goes alone', async () => {
  expect(await told([plain('a'), alone('b'), plain('c')], 4)).toBe('a+ a- b+ b- c+ c-');
});

test('tests of crates run one after the other, as in Cargo, beside other tests', async () => {
  const runs = [ofCrate('x'), ofCrate('y'), plain('a'), plain('b'), ofCrate('z')];
  expect(await told(runs, 2)).toBe('x+ a+ x- y+ a- b+ y- z+ b- z-');
});

test('one that goes alone is not overtaken while a test of a crate waits', async () => {
  const runs = [ofCrate('x'), ofCrate('y'), alone('a'), plain('b')];
  expect(await told(runs, 4)).toBe('x+ x- y+ y- a+ a- b+ b-');
});

/** What began (`+`) and ended (`-`), where each test ends before those that began after it. */
async function told(runs: readonly TestRun[], jobs: number): Promise<string> {
  const events: string[] = [];
  const underWay: (() => void)[] = [];
  const done = inTurn(runs, jobs, async ({ test: { name } }) => {
    events.push(`${name}+`);
    await new Promise<void>((end) => underWay.push(end));
    events.push(`${name}-`);
  });
  for (let ended = 0; ended < runs.length; ended++) {
    underWay.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await done;
  return events.join(' ');
}

function plain(name: string): TestRun {
  return runOf(plannedTest(name));
}

function alone(name: string): TestRun {
  return runOf(plannedTest(name, { parallel: false }));
}

function ofCrate(name: string): TestRun {
  const crateTarget = { kind: 'test', name, isTested: true, isBenched: false } as const;
  return runOf(plannedTest(name, { crateTarget }));
}

function runOf(planned: TestRun['test']): TestRun {
  return {
    test: planned,
    title: planned.name,
    argv: planned.argv,
    environment: {},
    workingDirectory: '/',
    timeoutSeconds: undefined,
    parallel: planned.parallel,
    verbose: false,
    interactive: false,
    commandLine: planned.name,
  };
}
