import { expect, test } from 'vitest';
import { buildGraph } from '../../../src/cli/build/build-graph.ts';
import { leaveProof } from '../../../src/cli/build/no-op.ts';
import { isCurrent, readProof } from '../../../src/store/no-op/no-op-look.ts';
import { emptyRecord } from '../../../src/store/setup/cmd-line-file.ts';
import {
  graphPath,
  logPath,
  type SetupState,
  saveSetup,
} from '../../../src/store/setup/setup-state.ts';
import { tinyGraph, tinyHost } from '../../exec/tiny-build.ts';
import { look } from '../../exec/tiny-launcher.ts';
import { memorySession } from '../../support/memory-session.ts';

const buildRoot = '/project/build';
const none = { starts: new Uint32Array(1), items: new Uint32Array() };
const nothingToDo = {
  kind: 'whole',
  files: [],
  folders: [],
  names: new Uint32Array(),
  uses: { users: none, made: none, always: new Uint32Array() },
  captured: [],
  variables: [],
} as const;

function proved(inHost = memorySession().host) {
  const host = inHost;
  const session = { ...memorySession().session, host };
  for (const name of ['bin/kaon', 'dist/kaon.js', 'dist/main.js', 'dist/look']) {
    host.write(`/kaon/${name}`, name);
  }
  const state = {
    buildRoot,
    project: { name: 'tiny', version: '1' },
    builder: session.builder,
    inputs: [],
    targets: [],
    tests: { tests: [] },
    install: { items: [] },
    options: [],
  } as unknown as SetupState; // a small part of one is enough here
  saveSetup(host.files, state, emptyRecord);
  for (const path of [graphPath(buildRoot), logPath(buildRoot)]) host.files.replace(path, '');
  const commandLine = host.read('build/meson-private/cmd_line.txt');
  host.tick();
  return { host, session, state: { ...state, commandLine } };
}

test('of an earlier setup no proof is left where this one cannot be proved', () => {
  const { host, session, state } = proved();
  const leave = () => leaveProof(session, state, { seen: nothingToDo, warnings: '' });
  leave();
  expect(readProof(host.files, buildRoot)?.says).toContain('tiny is up to date');
  // Now it was written in the very tick in which it is looked at.
  host.write('build/meson-private/cmd_line.txt', state.commandLine);
  leave();
  expect(readProof(host.files, buildRoot)).toBeUndefined();
});

test('a proof is not taken for one of another graph', () => {
  const { host, session, state } = proved();
  leaveProof(session, state, { seen: nothingToDo, warnings: '' });
  const isOfThat = () => {
    const proof = readProof(host.files, buildRoot);
    return proof !== undefined && isCurrent(host.files, proof);
  };
  expect(isOfThat()).toBe(true);
  host.tick();
  host.files.replace(graphPath(buildRoot), '');
  expect(isOfThat()).toBe(false);
});

test('what a launcher saw is not taken up by a later process of the same number', async () => {
  const { host, session, state } = proved(tinyHost({ a: 'a', b: 'b' }));
  host.files.remove(logPath(buildRoot));
  const graph = tinyGraph('a.o: cat ../a\nb.o: cat ../b');
  const request = { goals: [], jobs: 1, keepGoing: 1, verbose: false, quiet: true };
  const build = async (looked: boolean): Promise<number> => {
    const { ran } = await buildGraph({ ...session, looked }, { state, graph }, request);
    host.tick();
    return ran;
  };
  expect(await build(false)).toBe(2);
  host.write('a', 'other');
  expect(look(host, buildRoot)).toBe(false);
  // It was killed before it came to build; another one has more to do.
  host.write('b', 'other');
  expect(await build(false)).toBe(2);
  host.write('a', 'third');
  expect(look(host, buildRoot)).toBe(false);
  expect(await build(true)).toBe(1);
  expect(host.read('build/b.o')).toBe('other');
});
