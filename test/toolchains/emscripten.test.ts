import { expect, test } from 'vitest';
import type { Toolchain } from '../../src/model/toolchain.ts';
import { detectToolchain } from '../../src/toolchains/detect/detect.ts';
import { filesBeside } from '../../src/toolchains/emscripten/files-beside.ts';
import { familyOf } from '../../src/toolchains/family.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { detectRequest, installGcc, linuxMachine } from '../support/stand-in-compilers.ts';

const machineInfo = { ...linuxMachine, system: 'emscripten', cpuFamily: 'wasm32', cpu: 'wasm32' };

function detected({ version = '3.1.69', cross = true } = {}) {
  const host = new MemoryHost({});
  host.program('emar', () => 'commands: [D] [T] @<file>\n');
  installGcc(host, 'emcc', {
    version: `emcc (Emscripten gcc/clang-like replacement + linker emulating GNU ld) ${version} ()\n`,
    linker: 'Debian LLD 19.1.7',
  });
  return detectToolchain(host, detectRequest('c', { c: ['emcc'] }, { cross, machineInfo }));
}

function toolchain(language: string, version: string): Toolchain {
  return {
    ...{ language, version, id: 'emscripten', machine: 'host', command: ['emcc'], wrapper: [] },
    fullVersion: `emcc ${version}`,
    linker: { id: 'ld.wasm', version: '19.1.7', command: ['emcc'] },
    archiver: { id: 'ar', command: ['emar'], deterministic: true, thin: true },
    facts: { 'machine.system': 'emscripten', 'cpp-library': 'c++' },
  };
}

const looksUp = (options: Readonly<Record<string, string | number | boolean>>) => (name: string) =>
  options[name];

test('emcc is known with its own version, its linker and its archiver', () => {
  expect(detected()).toMatchObject({
    value: {
      ...{ id: 'emscripten', version: '3.1.69' },
      linker: { id: 'ld.wasm', version: '19.1.7', command: ['emcc'] },
      archiver: { command: ['emar'] },
    },
  });
});

test('Emscripten is refused where its programs would be taken for those of this machine, and when too old', () => {
  expect(detected({ cross: false })).toMatchObject({
    error: {
      message: 'Emscripten compiler can only be used for cross compilation.',
      hint: expect.stringContaining('--cross-file'),
    },
  });
  expect(detected({ version: '1.39.18' })).toMatchObject({
    error: { message: 'Meson requires Emscripten >= 1.39.19' },
  });
});

test('its linker has words of its own for symbols, and neither rpath nor shared libraries', () => {
  const { link } = familyOf(toolchain('c', '3.1.69'));
  const use = { type: 'executable', buildRoot: '/build' } as const;
  const base = (options: Record<string, boolean>) => link?.base(looksUp(options), use);
  expect(base({ b_lundef: true, b_asneeded: true })).toEqual(['-sERROR_ON_UNDEFINED_SYMBOLS=1']);
  expect(base({ b_lundef: false })).toEqual(['-sERROR_ON_UNDEFINED_SYMBOLS=0']);
  const folders = { from: '', folders: ['lib'], buildRpath: '', installRpath: '/usr/lib' };
  expect(link?.rpath({ buildRoot: '/build', ...folders }).args).toEqual([]);
  expect(link?.linksShared).toBe(false);
});

test('as many threads wait as the option of the language says', () => {
  const { link, options } = familyOf(toolchain('cpp', '3.1.69'));
  const option = options.find(({ name }) => name === 'cpp_thread_count');
  expect(option).toMatchObject({ default: 4, type: { kind: 'integer', min: 0 } });
  const threads = (count: number) => link?.threads(looksUp({ cpp_thread_count: count }));
  expect(threads(4)).toEqual(['-pthread', '-sPTHREAD_POOL_SIZE=4']);
  expect(threads(0)).toEqual(['-pthread']);
});

test('standards go by its own versions, not by those of the clang in it', () => {
  const choices = (language: string, version: string) => {
    const { options } = familyOf(toolchain(language, version));
    const type = options.find(({ name }) => name === `${language}_std`)?.type;
    return type?.kind === 'combo' ? type.choices : [];
  };
  expect(choices('c', '3.1.44')).toContain('c2x');
  expect(choices('c', '3.1.44')).not.toContain('c23');
  expect(choices('c', '3.1.45')).toContain('c23');
  expect(choices('cpp', '3.1.38')).not.toContain('c++26');
  const std = (version: string) =>
    familyOf(toolchain('cpp', version)).compile.std(looksUp({ cpp_std: 'c++23' }));
  expect(std('3.1.38')).toEqual(['-std=c++2b']);
  expect(std('3.1.39')).toEqual(['-std=c++23']);
});

test.each([
  ['a.js', [], ['a.wasm']],
  ['a', [], ['a.wasm']],
  ['web/a.html', [], ['web/a.js', 'web/a.wasm']],
  ['a.wasm', [], []],
  ['a.js', ['-sSINGLE_FILE'], []],
  ['a.js', ['-sSINGLE_FILE=0'], ['a.wasm']],
  ['a.js', ['-s', 'SIDE_MODULE=1'], []],
  ['a.js', ['-sWASM=0'], []],
  ['a.js', ['-sWASM=0', '-sWASM=2'], ['a.wasm', 'a.wasm.js']],
  ['a.js', ['--preload-file', 'data'], ['a.wasm', 'a.data']],
  ['a.js', ['-gsource-map', '--emit-symbol-map'], ['a.wasm', 'a.wasm.map', 'a.js.symbols']],
  ['a.js', ['-std=c11', '-shared', '-s'], ['a.wasm']],
] as const)('beside %s with %j are made %j', (output, args, made) => {
  expect(filesBeside(output, args, { workerInside: true })).toEqual(made);
});

test('what threads start with was a file of its own once', () => {
  const made = (workerInside: boolean) => filesBeside('a.js', ['-pthread'], { workerInside });
  expect(made(false)).toEqual(['a.wasm', 'a.worker.js']);
  expect(made(true)).toEqual(['a.wasm']);
});
