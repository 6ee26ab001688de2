import { expect, test } from 'vitest';
import { drawing, drawingAsDot } from '../../src/export/graph-drawing.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';

/** `app` of `a.o`, this of `a.c` after `gen.h`; and `other`, which nobody asks for. */
function graph() {
  const builder = new GraphBuilder();
  const add = (output: string, inputs: readonly string[], after: readonly string[] = []): void => {
    builder.add({
      rule: 'CC',
      description: output,
      work: { kind: 'write', path: output, content: '' },
      inputs: inputs.map((path) => builder.file(path)),
      orderOnly:
        after.length === 0 ? [] : [builder.fileList(after.map((one) => builder.file(one)))],
      outputs: [builder.file(output)],
      earlyOutputs: [],
      alwaysRun: false,
      removeOutputsFirst: false,
    });
  };
  add('gen.h', []);
  add('a.o', ['a.c'], ['gen.h']);
  add('app', ['a.o']);
  add('other', []);
  return { built: builder.build(), app: builder.file('app') };
}

const drawn = (sources: boolean) => {
  const { built, app } = graph();
  return drawing(built, { goals: [app], commands: [], sources });
};

test('a drawing has what the goals need, and nothing else', () => {
  expect(drawn(false).nodes.map(({ name }) => name)).toEqual(['app', 'a.o', 'gen.h']);
  expect(drawn(true).nodes).toContainEqual({ name: 'a.c', kind: 'source' });
});

test('Graphviz draws what must only be there first with dashes', () => {
  expect(drawingAsDot(drawn(false))).toBe(`digraph kaon {
  rankdir=LR
  node [fontsize=10]
  "app" [shape=box, tooltip="CC"]
  "a.o" [shape=box, tooltip="CC"]
  "gen.h" [shape=box, tooltip="CC"]
  "a.o" -> "app"
  "gen.h" -> "a.o" [style=dashed]
}
`);
});

test('what several must wait for together meets in a point', () => {
  const edges = ['a.o', 'b.o'].flatMap((to) =>
    ['x.h', 'y.h'].map((from) => ({ from, to, orderOnly: true })),
  );
  expect(
    drawingAsDot({ nodes: [], edges: [{ from: 'x.h', to: 'c.o', orderOnly: true }, ...edges] }),
  ).toBe(`digraph kaon {
  rankdir=LR
  node [fontsize=10]
  "1/" [shape=point]
  "x.h" -> "c.o" [style=dashed]
  "x.h" -> "1/" [style=dashed]
  "y.h" -> "1/" [style=dashed]
  "1/" -> "a.o" [style=dashed]
  "1/" -> "b.o" [style=dashed]
}
`);
});

test('a large graph is drawn without much care', () => {
  const nodes = Array.from(
    { length: 2000 },
    (_, at) => ({ name: `${at}`, kind: 'source' }) as const,
  );
  expect(drawingAsDot({ nodes, edges: [] })).toContain('splines=line');
  expect(drawingAsDot({ nodes: nodes.slice(1900), edges: [] })).not.toContain('splines=line');
});

test('what a name holds cannot command a terminal, and is fit for XML', () => {
  const name = 'a\u001b[2J"\n\u202eb';
  const text = drawingAsDot({ nodes: [{ name, kind: 'source' }], edges: [] });
  expect(text).toContain('"a<U+001B>[2J\\"\\n<U+202E>b" [shape=note]');
});
