import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { EnvironmentChange } from '../../../src/base/environment.ts';
import { failedCommand } from '../../../src/cli/build/failed-command.ts';
import type { ActionId, Command } from '../../../src/graph/graph.ts';
import { GraphBuilder } from '../../../src/graph/graph-builder.ts';
import { MemoryHost } from '../../support/memory-host.ts';

/** What is told of a command that failed, and the script that runs it. */
function failed(
  command: Omit<Command, 'kind'>,
  rule = 'TINY',
): { told: string | undefined; script: string } {
  const { files } = new MemoryHost();
  files.makeDirectory('/b');
  const graph = new GraphBuilder();
  const added = graph.add({
    ...{ rule, description: 'Making it', inputs: [], orderOnly: [], outputs: [] },
    ...{ earlyOutputs: [], alwaysRun: false, removeOutputsFirst: false },
    work: { kind: 'command', ...command },
  });
  const action = added.ok ? added.value : (0 as ActionId); // it is the first
  const short = failedCommand(files, { buildRoot: '/b', graph: graph.build() }, action);
  const read = files.readText(`/b/${short?.script ?? ''}`);
  return { told: short?.command, script: read.ok ? read.value : '' };
}

function many(value: string): readonly EnvironmentChange[] {
  return Array.from({ length: 99 }, (_, at) => ({ kind: 'set', name: `NAME_${at}`, value }));
}

test('a short command is told as it is', () => {
  expect(failed({ argv: ['cc', 'a.c'], environment: [] }).told).toBeUndefined();
});

test('variables are left out, and so is the shell that reads those of a build script', () => {
  const argv = ['sh', '-c', '. "$0"; exec "$@"', '/b/variables', 'rustc', 'a b.rs'];
  expect(failed({ argv, environment: many('value') }).told).toBe("rustc 'a b.rs'");
});

test('what is long still is cut between two words', () => {
  const argv = ['cc', ...Array.from({ length: 300 }, (_, at) => `-DNAME_${at}`)];
  const { told = '' } = failed({ argv, environment: [] });
  expect(told).toMatch(/^cc -DNAME_0 .* -DNAME_\d+ …$/);
  expect(told.length).toBeLessThan(410);
});

test('of a crate the command is not told, and can be run all the same', () => {
  const { told, script } = failed({ argv: ['rustc'], environment: many('value') }, 'rust_UNIT');
  expect(told).toBeUndefined();
  expect(script).toMatch(/ rustc$/m);
});

test('the script runs the command in its folder and with its variables, whatever their names', () => {
  const environment: readonly EnvironmentChange[] = [
    { kind: 'unset', name: 'HOME' },
    ...many('a b'),
    { kind: 'set', name: 'BIN_my-tool', value: "it's" },
  ];
  const { script } = failed({ argv: ['env'], environment, cwd: '/usr' });
  expect(script).toMatch(/^#!\/bin\/sh\n# Making it\ncd \/b \|\| exit\ncd \/usr \|\| exit\n/);
  const said = execFileSync('sh', ['-c', script.replace('cd /b ', 'cd / ')], { encoding: 'utf8' });
  expect(said).toMatch(/^PWD=\/usr$/m);
  expect(said).toMatch(/^NAME_0=a b$/m);
  expect(said).toMatch(/^BIN_my-tool=it's$/m);
  expect(said).not.toMatch(/^HOME=/m);
});
