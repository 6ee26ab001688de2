import { expect, test } from 'vitest';
import { addLcov } from '../../../src/testrun/coverage/lcov.ts';
import { LineTable } from '../../../src/testrun/coverage/line-counts.ts';
import { coverageOf, coverageVariable } from '../../../src/toolchains/typescript/coverage.ts';
import type { TestRunner } from '../../../src/toolchains/typescript/tool-run.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const mirror = { source: '/p', mirror: '/p/b/packages' };

function counting(runner: TestRunner, files: Readonly<Record<string, string>> = {}) {
  const host = new MemoryHost(files, { environment: { [coverageVariable]: '/p/b/counts' } });
  const run = {
    kind: 'test',
    runner,
    file: 't/a.test.ts',
    config: undefined,
    options: [],
  } as const;
  return { host, counts: coverageOf(host, mirror, run) };
}

test('lines are counted where someone asks, and can be', () => {
  expect(counting('vitest').counts.missing).toContain('npm install --save-dev @vitest/coverage-v8');
  const there = { '/p/b/packages/node_modules/@vitest/coverage-v8/package.json': '{}' };
  const { options } = counting('vitest', there).counts;
  expect(options).toContain('--coverage.reporter=lcovonly');
  // A file of tests of which one fails reached what it reached.
  expect(options).toContain('--coverage.reportOnFailure');
  expect(counting('jest').counts.options).toContain('--coverageReporters=lcovonly');
});

test('counts are those of the sources, not of their copies or of the tests', () => {
  const { host, counts } = counting('node');
  const to = counts.options.at(-1)?.replace('--test-reporter-destination=', '') ?? '';
  const section = (path: string): string => `TN:\nSF:${path}\nDA:1,2\nDA:3,0\nend_of_record\n`;
  host.write(to, section('src/a.ts') + section('/p/b/packages/t/a.test.ts') + section('src/b.ts'));
  counts.keep();
  const [name = ''] = ((listed) => (listed.ok ? listed.value : []))(host.files.list('/p/b/counts'));
  const text = host.files.readText(`/p/b/counts/${name}`);
  const table = new LineTable();
  for (let run = 0; run < 2; run++) addLcov(text.ok ? text.value : '', table);
  const lines = new Map([
    [1, 4],
    [3, 0],
  ]);
  expect([...table.counts]).toEqual([
    ['/p/src/a.ts', lines],
    ['/p/src/b.ts', lines],
  ]);
});
