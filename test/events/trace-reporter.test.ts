import { expect, test } from 'vitest';
import { criticalPath, traceReporter } from '../../src/events/trace-reporter.ts';
import type { ActionId } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';

/** `a` and `b` are made, then `c` of both. */
function graph(early: readonly string[] = []) {
  const builder = new GraphBuilder();
  for (const [output, ...inputs] of [['a'], ['b'], ['c', 'a', 'b']]) {
    builder.add({
      rule: 'CC',
      description: `making ${output}`,
      work: { kind: 'write', path: output ?? '', content: '' },
      inputs: inputs.map((path) => builder.file(path)),
      orderOnly: [],
      outputs: [builder.file(output ?? '')],
      earlyOutputs: early.includes(output ?? '') ? [builder.file(output ?? '')] : [],
      alwaysRun: false,
      removeOutputsFirst: false,
    });
  }
  return builder.build();
}

test('the critical path is what the build waited for', () => {
  const ends: readonly (readonly [number, number])[] = [
    [0, 5],
    [1, 9],
    [2, 12],
  ];
  const ran = new Map(ends.map(([id, endMs]) => [id as ActionId, { endMs }])); // rows of the graph above
  expect(criticalPath(graph(), ran)).toEqual([
    { id: 1, untilMs: 9 },
    { id: 2, untilMs: 12 },
  ]);
});

test('the build waits for early outputs until they are ready, not until their action ends', () => {
  const times = [
    { endMs: 9, earlyMs: 3 },
    { endMs: 5, earlyMs: undefined },
    { endMs: 12, earlyMs: undefined },
  ];
  const ran = new Map(times.map((time, id) => [id as ActionId, time])); // rows of the graph above
  expect(criticalPath(graph(['a']), ran).map(({ id }) => id)).toEqual([1, 2]);
  expect(criticalPath(graph(), ran).map(({ id }) => id)).toEqual([0, 2]);
});

test('a trace has a row for each slot, times in microseconds, and marks the critical path', () => {
  let text = '';
  const listener = traceReporter(graph(), (told) => {
    text = told;
  });
  const action = 0 as ActionId; // the first of the graph
  const said = { action, description: 'making a' };
  listener({ kind: 'build-started', atMs: 1000, jobs: 2 });
  listener({
    ...{ kind: 'action-started', ...said, atMs: 1002 },
    ...{ commandLine: 'cc', slot: 1, console: false },
  });
  listener({
    ...{ kind: 'action-finished', ...said, atMs: 1005 },
    ...{ how: 'ran', changed: true, durationMs: 3, output: '' },
  });
  listener({
    ...{ kind: 'build-finished', atMs: 1005, durationMs: 5, ran: 1, fresh: 0 },
    ...{ failed: 0, skipped: 0, interrupted: false },
  });
  const { traceEvents } = JSON.parse(text);
  expect(traceEvents.filter(({ ph }: { ph: string }) => ph === 'X')).toEqual([
    expect.objectContaining({ name: 'making a', ts: 2000, dur: 3000, tid: 3 }),
    expect.objectContaining({ tid: 1, args: { command: 'cc', critical: true } }),
  ]);
});
