import { expect, test } from 'vitest';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { graphManifest } from '../../src/ninja/graph-manifest.ts';

const manifestOf = (graph: GraphBuilder) =>
  graphManifest({ graph: graph.build(), buildFiles: ['/src/meson.build'], services: [] });

test('build files make the manifest, and are no fault where they are gone', () => {
  expect(manifestOf(new GraphBuilder()).edges).toMatchObject([
    { rule: 'REGENERATE', outputs: ['build.ninja'], inputs: ['/src/meson.build'] },
    { rule: 'phony', outputs: ['/src/meson.build'], inputs: [] },
  ]);
});

test('files have one name each, however the build files wrote it', () => {
  const graph = new GraphBuilder();
  const source = graph.file('../block/../scripts/gen.py');
  graph.add({
    rule: 'CUSTOM_COMMAND',
    description: 'x',
    work: { kind: 'command', argv: ['../block/../scripts/gen.py'], environment: [] },
    inputs: [source],
    orderOnly: [graph.fileList([source])],
    outputs: [graph.file('gen.h')],
    earlyOutputs: [],
    alwaysRun: false,
    removeOutputsFirst: false,
  });
  const { edges } = manifestOf(graph);
  expect(edges[0]).toMatchObject({
    command: '../block/../scripts/gen.py',
    inputs: ['../scripts/gen.py'],
    orderOnly: ['../scripts/gen.py'],
  });
});
