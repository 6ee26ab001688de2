import { expect, test } from 'vitest';
import { leaveProof } from '../../src/cli/no-op.ts';
import { emptyRecord } from '../../src/store/cmd-line-file.ts';
import { readProof } from '../../src/store/no-op-look.ts';
import { type SetupState, saveSetup } from '../../src/store/setup-state.ts';
import { memorySession } from '../support/memory-session.ts';

const buildRoot = '/project/build';
const none = { starts: new Uint32Array(1), items: new Uint32Array() };
const nothingToDo = {
  kind: 'whole',
  files: [],
  uses: { users: none, made: none, always: new Uint32Array() },
  captured: [],
  variables: [],
} as const;

test('of an earlier setup no proof is left where this one cannot be proved', () => {
  const { session, host } = memorySession();
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
  const commandLine = host.read('build/meson-private/cmd_line.txt');
  const leave = () => leaveProof(session, { ...state, commandLine }, nothingToDo);
  host.tick();
  leave();
  expect(readProof(host.files, buildRoot)?.says).toContain('tiny is up to date');
  // Now it was written in the very tick in which it is looked at.
  host.write('build/meson-private/cmd_line.txt', commandLine);
  leave();
  expect(readProof(host.files, buildRoot)).toBeUndefined();
});
