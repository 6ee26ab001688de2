import { expect, test } from 'vitest';
import {
  compilerStateOf,
  toolchainText,
  toolchainVariables,
} from '../../src/cmake/toolchain-file.ts';
import type { Machine } from '../../src/model/machine.ts';
import type { Toolchain } from '../../src/model/toolchain.ts';

const machine: Machine = {
  system: 'linux',
  subsystem: 'linux',
  kernel: 'linux',
  cpuFamily: 'aarch64',
  cpu: 'aarch64',
  endian: 'little',
};
const toolchain: Toolchain = {
  language: 'cpp',
  id: 'gcc',
  machine: 'host',
  command: ['g++', '-m32'],
  wrapper: ['ccache'],
  version: '12',
  fullVersion: '',
  linker: undefined,
  archiver: undefined,
  facts: {},
};
const find = (program: string): string => `/usr/bin/${program}`;

test('a machine and its compilers become variables', () => {
  const request = { machine, pointerBytes: 8, sysroot: '/sys', toolchains: [toolchain], find };
  expect([...toolchainVariables({ ...request, isCross: true })]).toEqual([
    ['CMAKE_SYSTEM_NAME', ['Linux']],
    ['CMAKE_SYSTEM_PROCESSOR', ['aarch64']],
    ['CMAKE_SIZEOF_VOID_P', ['8']],
    ['CMAKE_SYSROOT', ['/sys']],
    ['CMAKE_CXX_COMPILER_LAUNCHER', ['/usr/bin/ccache']],
    ['CMAKE_CXX_COMPILER', ['/usr/bin/g++', '-m32']],
  ]);
  // CMake takes a build that names its system for a cross build.
  expect(toolchainVariables({ ...request, isCross: false }).has('CMAKE_SYSTEM_NAME')).toBe(false);
});

test('values are quoted, and the file of the user comes last', () => {
  const text = toolchainText({
    variables: new Map([['X', ['a "b"', '${c}']]]),
    compilerState: new Map(),
    userFile: '/home/me/t.cmake',
  });
  expect(text).toContain('set(X "a \\"b\\"" "\\${c}")\n');
  expect(text.trimEnd().endsWith('include("/home/me/t.cmake")')).toBe(true);
  expect(text).toContain('set(MESON_PS_LOADED ON)');
});

test('of what CMake knows of a compiler the assignments are kept', () => {
  const text = [
    'set(CMAKE_C_COMPILER "/usr/bin/cc")',
    'set(CMAKE_C_COMPILER_LOADED 1)',
    'set(CMAKE_C_ABI_COMPILED TRUE)',
    'if(CMAKE_C_SIZEOF_DATA_PTR)',
    '  set(CMAKE_SIZEOF_VOID_P "8")',
    'set(CMAKE_COMPILER_IS_GNUCC 1)',
  ].join('\n');
  expect(compilerStateOf(text, 'C').trim().split('\n')).toEqual([
    'set(CMAKE_C_COMPILER "/usr/bin/cc")',
    'set(CMAKE_C_ABI_COMPILED TRUE)',
    'set(CMAKE_COMPILER_IS_GNUCC 1)',
    'set(CMAKE_C_COMPILER_FORCED 1)',
  ]);
});
