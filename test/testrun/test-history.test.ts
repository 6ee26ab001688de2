import { expect, test } from 'vitest';
import type { PlannedTest } from '../../src/model/test-plan.ts';
import { runTests } from '../../src/testrun/run-tests.ts';
import { failedLast, historyObserver, loadHistory } from '../../src/testrun/test-history.ts';
import { defaultTestOptions } from '../../src/testrun/test-options.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { plannedTest } from './planned-test.ts';

const build = '/project/build';

async function runOnce(host: MemoryHost, tests: readonly PlannedTest[], codes: number[]) {
  for (const [at, { argv }] of tests.entries())
    host.program(argv[0] ?? '', () => ({ code: codes[at] ?? 0 }));
  const marks = new Map(tests.map((each) => [each, `content of ${each.name}`]));
  await runTests({
    host,
    plan: { project: 'proj', tests, setups: [] },
    options: { ...defaultTestOptions, buildRoot: build },
    listener: () => {},
    observers: [historyObserver(host.files, build, marks)],
  });
  return loadHistory(host.files, build);
}

function newHost(): MemoryHost {
  return new MemoryHost({ 'build/meson-private/x': '' }, { environment: { PATH: '/usr/bin' } });
}

test('a test that failed last is known until it passes', async () => {
  const host = newHost();
  const tests = [plannedTest('a'), plannedTest('b')];
  const failed = (history: Awaited<ReturnType<typeof runOnce>>) =>
    tests.filter((each) => failedLast(history, each)).map(({ name }) => name);
  expect(failed(await runOnce(host, tests, [0, 1]))).toEqual(['b']);
  expect(failed(await runOnce(host, tests.slice(0, 1), [0]))).toEqual(['b']);
  expect(failed(await runOnce(host, tests, [1, 0]))).toEqual(['a']);
});

test('what a test rested on is kept when it passes, and forgotten when it fails', async () => {
  const host = newHost();
  const tests = [plannedTest('a')];
  const passedWith = async (code: number) =>
    (await runOnce(host, tests, [code])).get('proj:a')?.passedWith;
  expect(await passedWith(0)).toBe('content of a');
  expect(await passedWith(1)).toBeUndefined();
});

test('only the last runs are kept, and a damaged file is none', async () => {
  const host = newHost();
  const tests = [plannedTest('a')];
  for (let n = 0; n < 25; n++) await runOnce(host, tests, [n % 2]);
  expect(loadHistory(host.files, build).get('proj:a')?.runs).toHaveLength(20);
  host.write(`${build}/meson-private/kaon-tests.json`, '{"proj:a": {"runs": [{"outcome": "odd"}]');
  expect(loadHistory(host.files, build)).toEqual(new Map());
});
