import { expect, test } from 'vitest';
import { unbuiltProgram } from '../../src/testrun/unbuilt-program.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { plannedTest } from './planned-test.ts';

const { files } = new MemoryHost({ 'build/made': 'program' });

test('where nothing is built before tests, a program that is still to be built is told', () => {
  const made = plannedTest('made', { built: true });
  const missing = plannedTest('fuzzed', { built: true, argv: ['/project/build/fuzz'] });
  expect(unbuiltProgram(files, [made], '/project/build')).toBeUndefined();
  expect(unbuiltProgram(files, [made, missing], '/project/build')).toBe(
    "The test program '/project/build/fuzz' does not exist. Cannot run tests before building them.",
  );
});

test('programs that are found elsewhere, and those of crates, are not looked for in the build directory', () => {
  const found = plannedTest('python3');
  const crate = plannedTest('crate', {
    built: true,
    crateTarget: { kind: 'lib', name: 'crate', isTested: true, isBenched: false },
  });
  expect(unbuiltProgram(files, [found, crate], '/project/build')).toBeUndefined();
});
