import { expect, test } from 'vitest';
import { commandText } from '../../src/exec/command-text.ts';
import type { Command } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';

/** All that a command is which makes a file. */
function textOf(work: Partial<Command>, output = 'out'): readonly string[] {
  const builder = new GraphBuilder();
  const action = {
    ...{ rule: 'TINY', description: 'Making', inputs: [], orderOnly: [], earlyOutputs: [] },
    work: { kind: 'command', argv: ['make'], environment: [], ...work },
    outputs: [builder.file(output)],
    ...{ alwaysRun: false, removeOutputsFirst: false },
  } as const;
  return commandText(builder.build(), action, {}).parts;
}

test('a variable is part of a command unless it counts where it was read, or never', () => {
  const parts = textOf({
    environment: [
      { kind: 'set', name: 'A', value: '1' },
      { kind: 'set', name: 'READ', value: '2', counts: 'where-read' },
      { kind: 'set', name: 'WHO', value: '3', counts: 'never' },
      { kind: 'unset', name: 'B' },
    ],
  });
  expect(parts.filter((part) => part.startsWith('environment '))).toEqual([
    'environment A=1',
    'environment B unset',
  ]);
});

test('for whom a command writes down what it finds is no part of it', () => {
  const text = (audience: string, output: string, lastWordIsAudience?: true) =>
    textOf({ argv: ['work', audience], ...(lastWordIsAudience && { lastWordIsAudience }) }, output);
  expect(text('one', 'one.args', true)).toEqual(text('two', 'two.args', true));
  expect(text('one', 'a')).not.toEqual(text('two', 'a'));
  expect(text('one', 'a')).not.toEqual(text('one', 'b'));
});
