import { expect, test } from 'vitest';
import { buildContext } from '../../../src/exec/build-context.ts';
import { makerOf, selectActions } from '../../../src/exec/order/select-actions.ts';
import { openActionLog } from '../../../src/store/log/action-log.ts';
import { buildDirectory, logPath, tinyGraph, tinyHost } from '../tiny-build.ts';

/** What would be looked at for some goals, in order, each by what it makes; or why nothing can be. */
function selected(text: string, goals: readonly string[]): unknown {
  const host = tinyHost();
  const graph = tinyGraph(text);
  const opened = openActionLog(host, logPath);
  if (!opened.ok) throw new Error(opened.error.reason);
  const context = buildContext({ host, graph, log: opened.value.log, buildDirectory });
  const found = selectActions(context, goals);
  if (!found.ok) return found.error;
  const { value } = found;
  return value.order
    .flatMap((node) => makerOf(value, node) ?? [])
    .map((id) =>
      graph.actions
        .get(id)
        .outputs.map((file) => graph.files.get(file))
        .join(' '),
    );
}

test('only what a goal needs is selected, each after all it needs', () => {
  const text = `
    app: link a.o b.o
    a.o: cc a.c || made.h
    b.o: cc b.c
    made.h: gen in
    other: cat in`;
  expect(selected(text, ['app'])).toEqual(['made.h', 'a.o', 'b.o', 'app']);
  expect(selected(text, ['b.o'])).toEqual(['b.o']);
  expect(selected(text, ['other', 'b.o'])).toEqual(['other', 'b.o']);
});

test('a goal that there is not is told, with the nearest one', () => {
  expect(selected('app: link a.o', ['ap'])).toEqual({
    kind: 'unknown-goal',
    name: 'ap',
    similar: 'app',
  });
});

test('a cycle is told from its first file back to it, also where it leads through files for order alone', () => {
  expect(selected('a: cat b\nb: cat c\nc: cat a\nd: cat x', ['a'])).toEqual({
    kind: 'cycle',
    paths: ['a', 'b', 'c', 'a'],
  });
  expect(selected('a: cat x || b\nb: cat a', ['b'])).toMatchObject({
    kind: 'cycle',
    paths: expect.arrayContaining(['a', 'b']),
  });
  expect(selected('a: cat b\nb: cat a\nd: cat x', ['d'])).toEqual(['d']);
});
