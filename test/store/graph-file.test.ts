import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Action, Graph } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { loadGraph, saveGraph } from '../../src/store/graph-file.ts';
import { MemoryHost } from '../support/memory-host.ts';

function sample(): Graph {
  const graph = new GraphBuilder();
  const common = {
    rule: 'R',
    description: 'Doing ü',
    orderOnly: [],
    earlyOutputs: [],
    alwaysRun: false,
    removeOutputsFirst: false,
    inputs: [],
  };
  const make = (name: string, action: Omit<Action, 'outputs' | keyof typeof common>): Action => ({
    ...common,
    outputs: [graph.file(name)],
    ...action,
  });
  const pool = graph.pool({ name: 'link', depth: 2, console: false });
  const full: Action = {
    ...make('full', {
      work: {
        kind: 'command',
        argv: ['cc', '', 'a b'],
        lastWordIsAudience: true,
        cwd: 'sub',
        environment: [
          { kind: 'set', name: 'A', value: '1' },
          { kind: 'unset', name: 'B', counts: 'never' },
          { kind: 'prepend', name: 'C', value: '2', separator: ':' },
          { kind: 'append', name: 'D', value: '3', separator: '', counts: 'where-read' },
          { kind: 'set', name: 'E', value: '4', counts: 'never' },
        ],
        stdin: 'in',
        stdout: 'out',
        response: { path: 'rsp', from: 1, quoting: 'lines' },
        given: { path: 'given', content: '' },
      },
      includeLines: 'Read: ',
      depfile: { path: 'full.d', format: 'esbuild', passing: true, needed: true },
      pool,
    }),
    inputs: [graph.file('../x.c')],
    orderOnly: [graph.fileList([graph.file('gen.h'), graph.file('y.h')])],
    earlyOutputs: [graph.file('full')],
    alwaysRun: true,
    removeOutputsFirst: true,
  };
  graph.add(full);
  graph.add(make('copy', { work: { kind: 'copy', from: 'a', to: 'copy' } }));
  graph.add(make('twin', { work: { kind: 'copy', from: 'a', to: 'twin', linked: true } }));
  graph.add(make('link', { work: { kind: 'symlink', target: 'a', path: 'link' } }));
  graph.add(make('text', { work: { kind: 'write', path: 'text', content: 'x\n' } }));
  const tool = ['nm', '-D'];
  graph.add(
    make('lib.sym', { work: { kind: 'symbols', library: 'lib', output: 'lib.sym', tool } }),
  );
  const bare = { kind: 'command', argv: ['true'], environment: [] } as const;
  graph.add(make('bare', { work: bare }));
  graph.add(make('optional', { work: bare, outputsOptional: true }));
  graph.add(make('generator', { work: bare, anyCommand: true }));
  graph.add(make('pages', { work: bare, leavesMore: true, tellsBreakage: true }));
  graph.goal('all', { files: full.outputs });
  graph.goal('nothing', {});
  return graph.build();
}

function plain(graph: Graph): unknown {
  return JSON.parse(JSON.stringify({ ...graph, goals: [...graph.goals] }));
}

test('a graph comes back as it was saved', () => {
  const host = new MemoryHost();
  expect(saveGraph(host.files, 'graph', sample()).ok).toBe(true);
  const loaded = loadGraph(host.files, 'graph');
  expect(loaded.ok && plain(loaded.value)).toEqual(plain(sample()));
});

test('a goal of more files than a call takes arguments comes back', () => {
  const builder = new GraphBuilder();
  builder.goal('all', {
    files: Array.from({ length: 200_000 }, (_, at) => builder.file(`f${at}`)),
  });
  const host = new MemoryHost();
  saveGraph(host.files, 'graph', builder.build());
  const loaded = loadGraph(host.files, 'graph');
  expect(loaded.ok && loaded.value.goals.get('all')?.files.length).toBe(200_000);
});

test('an empty graph does too', () => {
  const host = new MemoryHost();
  saveGraph(host.files, 'graph', new GraphBuilder().build());
  const loaded = loadGraph(host.files, 'graph');
  expect(loaded.ok && loaded.value.actions.size).toBe(0);
});

test('a file that is not there, of another version or damaged is told apart', () => {
  const host = new MemoryHost({ short: 'KAON', other: 'something else that is long enough' });
  saveGraph(host.files, 'graph', sample());
  const read = host.files.readBytes('graph');
  const bytes = read.ok ? read.value : new Uint8Array();
  bytes[8] = 99;
  host.write('future', bytes);
  const fault = (path: string): unknown => loadGraph(host.files, path);
  expect(fault('none')).toMatchObject({ error: { kind: 'missing' } });
  expect(fault('short')).toMatchObject({ error: { kind: 'damaged', reason: 'it is too short' } });
  expect(fault('other')).toMatchObject({ error: { kind: 'damaged' } });
  expect(fault('future')).toMatchObject({ error: { kind: 'other-version', found: 99 } });
});

test('no cut and no changed byte goes unnoticed', () => {
  const host = new MemoryHost();
  saveGraph(host.files, 'graph', sample());
  const read = host.files.readBytes('graph');
  const bytes = read.ok ? read.value : new Uint8Array();
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, flip) => {
      const changed = flip === 0 ? bytes.slice(0, at) : bytes.slice();
      if (flip !== 0) changed[at] = (changed[at] ?? 0) ^ flip;
      host.write('changed', changed);
      expect(loadGraph(host.files, 'changed').ok).toBe(false);
    }),
  );
});
