import { expect, test } from 'vitest';
import { type NameParts, targetNames } from '../../src/eval/targets/build/naming.ts';
import { linuxMachine } from '../support/stand-in-compilers.ts';

const library: NameParts = {
  type: 'shared-library',
  name: 'foo',
  machine: { ...linuxMachine, system: 'windows' },
  prefix: undefined,
  suffix: undefined,
  isAssembly: false,
  crateType: undefined,
  version: undefined,
  soversion: '1',
  asPlatform: false,
  importName: undefined,
};

test('a DLL has the prefix of Unix, unless it is to be named as the platform does', () => {
  expect(targetNames(library)).toMatchObject({
    filename: 'libfoo-1.dll',
    importLibrary: 'libfoo.dll.a',
  });
  expect(targetNames({ ...library, asPlatform: true })).toMatchObject({
    filename: 'foo-1.dll',
    importLibrary: 'foo.dll.lib',
  });
  expect(targetNames({ ...library, asPlatform: true, machine: linuxMachine })).toMatchObject({
    filename: 'libfoo.so.1',
  });
});

test("libraries of all of Apple's systems are named alike", () => {
  const named = ['darwin', 'ios', 'tvos', 'visionos', 'watchos'].map((system) => {
    return targetNames({ ...library, machine: { ...linuxMachine, system } }).filename;
  });
  expect(new Set(named)).toEqual(new Set(['libfoo.1.dylib']));
});
