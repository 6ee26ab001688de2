import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { corpusPath, runnerPath } from './corpus.ts';

const kaon = resolve(import.meta.dirname, '../../bin/kaon');

test('kaon passes the smoke list of Meson’s own project tests', (context) => {
  const runner = runnerPath();
  if (runner === undefined) return context.skip('the runner is not here (KAON_CONFORMANCE_RUNNER)');
  const corpus = corpusPath();
  if (corpus === undefined)
    return context.skip("Meson's tests could not be fetched (KAON_MESON_CORPUS)");
  const lists = dirname(runner);
  const args = [
    ...[runner, '--corpus', corpus, '--tool', 'kaon', '--exe', kaon],
    ...['--reference', join(lists, 'reference.json'), '--cases', join(lists, 'smoke.txt')],
    ...['-j2', '--build-jobs', '1', '-v'],
  ];
  const run = spawnSync('python3', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(run.stdout).toContain('33 passed, 0 failed, 0 skipped');
  expect(run.status, run.stdout + run.stderr).toBe(0);
});
