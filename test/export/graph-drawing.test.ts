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

test('what a name holds cannot command a terminal, and is fit for XML', () => {
  const name = 'a\u001b[2J"\n\u202eb';
  const text = drawingAsDot({ nodes: [{ name, kind: 'source' }], edges: [] });
  expect(text).toContain('"a<U+001B>[2J\\"\\n<U+202E>b" [shape=note]');
});
