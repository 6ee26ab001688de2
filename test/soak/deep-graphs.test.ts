import { expect, test } from 'vitest';
import { project, told } from '../e2e/support/project.ts';
import { build, tinyHost } from '../exec/tiny-build.ts';
import { finished } from './support/running.ts';
import { report, size } from './support/size.ts';

test('a graph may be very deep and very wide', () => {
  const deep = size(20_000, 150);
  const wide = size(30_000, 150);
  const made = project({
    'meson.build': [
      "project('deep')",
      "last = 'first.txt'",
      `foreach number : range(${deep})`,
      "  last = custom_target(f'd@number@', input: last, output: f'd@number@', command: ['cp', '@INPUT@', '@OUTPUT@'], build_by_default: true)",
      'endforeach',
      `foreach number : range(${wide})`,
      "  custom_target(f'w@number@', input: 'first.txt', output: f'w@number@', command: ['cp', '@INPUT@', '@OUTPUT@'], build_by_default: true)",
      'endforeach',
      '',
    ].join('\n'),
    'first.txt': 'first\n',
  });
  const setup = made.kaon(['setup', 'build']);
  expect(setup.status, told(setup)).toBe(0);
  const compile = ['compile', '-C', 'build', '--json'];
  const startedAt = performance.now();
  const run = made.kaon(compile);
  const tookMs = performance.now() - startedAt;
  expect(run.status, run.stderr).toBe(0);
  expect(finished(run.stdout)).toHaveLength(deep + wide);
  expect(made.read(`build/d${deep - 1}`)).toBe('first\n');
  expect(finished(made.kaon(compile).stdout)).toEqual([]);
  made.write('first.txt', 'other\n');
  expect(finished(made.kaon(compile).stdout)).toHaveLength(deep + wide);
  expect(made.read(`build/d${deep - 1}`)).toBe('other\n');
  report('deep and wide', { deep, wide, 'first build in s': Math.round(tookMs / 1000) });
});

test('a cycle is named, however long it is', async () => {
  const length = size(20_000, 1000);
  const host = tinyHost({ start: '' });
  const lines = Array.from({ length }, (_, at) => `o${at}: cat o${(at + 1) % length}`);
  const { outcome } = await build(host, lines.join('\n'));
  if (outcome.kind !== 'refused' || outcome.fault.kind !== 'cycle') throw new Error(outcome.kind);
  const { paths } = outcome.fault;
  expect(paths).toHaveLength(length + 1);
  expect(paths.at(-1)).toBe(paths[0]);
});
