import { expect, test } from 'vitest';
import { buildContext } from '../../../src/exec/build-context.ts';
import { planGoals } from '../../../src/exec/run-build.ts';
import { renderGraphFault, renderWhy } from '../../../src/exec/why/render-why.ts';
import { openActionLog } from '../../../src/store/log/action-log.ts';
import type { MemoryHost } from '../../support/memory-host.ts';
import { build, buildDirectory, logPath, tinyGraph, tinyHost } from '../tiny-build.ts';

const graph = `
  a.o: cc a.c ; depfile arg=-O1
  app: cat a.o
`;

async function built(): Promise<MemoryHost> {
  const host = tinyHost({ 'a.c': '#include a.h\n', 'a.h': 'int a;\n' });
  await build(host, graph);
  return host;
}

function why(host: MemoryHost, goal: string, text = graph): string {
  const opened = openActionLog(host, logPath);
  if (!opened.ok) throw new Error(opened.error.reason);
  const input = { host, graph: tinyGraph(text), log: opened.value.log, buildDirectory };
  const context = buildContext(input);
  const plan = planGoals(context, [goal]);
  if (!plan.ok) return renderGraphFault(plan.error);
  const maker = context.producersByPath.get(goal);
  return renderWhy(input.graph, plan.value, maker === undefined ? [] : [maker]);
}

test('what is fresh is said to be', async () => {
  expect(why(await built(), 'app')).toBe('Nothing would be built: all is up to date.');
});

test('a header that changed is named, for what read it and for what needs that', async () => {
  const host = await built();
  host.write('a.h', 'long a;\n');
  const reason = 'Making a.o\n  a.h, which it read, changed.';
  expect(why(host, 'a.o')).toBe(reason);
  expect(why(host, 'app')).toBe(`${reason}\nMaking app\n  if a.o comes out different.`);
  expect(why(host, 'all')).toBe(`${reason}\n1 more, if what they need comes out different`);
});

test('of an argument that differs the first letter is shown that does', async () => {
  const host = await built();
  expect(why(host, 'a.o', graph.replace('-O1', '-O2'))).toBe(`Making a.o
  its command changed.
    - -O1
    + -O2
        ^`);
});

test('arguments that came or went are told, or that only their order changed', async () => {
  const host = await built();
  const two = graph.replace('arg=-O1', 'arg=-O1 arg=-g');
  expect(why(host, 'a.o', two)).toBe('Making a.o\n  its command changed.\n    + -g');
  await build(host, two);
  expect(why(host, 'a.o', graph.replace('arg=-O1', 'arg=-g arg=-O1'))).toBe(
    'Making a.o\n  its command changed.\n    the order of its words',
  );
});

test('variables, added inputs, and outputs that are gone or changed', async () => {
  const host = await built();
  expect(why(host, 'a.o', graph.replace('arg=-O1', 'arg=-O1 set=X=1'))).toBe(
    'Making a.o\n  its command changed.\n    + environment X=1',
  );
  host.write('app', 'other');
  expect(why(host, 'app')).toBe('Making app\n  app was changed by someone else since it was made.');
  host.files.remove('app');
  expect(why(host, 'app')).toBe('Making app\n  app is not there.');
});

test('a goal lists all that runs for a reason of its own', async () => {
  const host = await built();
  host.files.remove('app');
  host.write('a.c', 'int x;\n');
  expect(why(host, 'all')).toBe(`Making a.o
  its input a.c changed.
Making app
  app is not there.`);
  expect(why(host, 'al')).toBe('There is nothing to build of the name `al` (did you mean `all`?)');
});
