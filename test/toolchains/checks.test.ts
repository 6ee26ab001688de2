import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startHasArguments } from '../../src/toolchains/checks/arguments.ts';
import { joinedLiterals, startGetDefine } from '../../src/toolchains/checks/defines.ts';
import { startHasFunction } from '../../src/toolchains/checks/functions.ts';
import { startHasHeader } from '../../src/toolchains/checks/headers.ts';
import { searchInteger } from '../../src/toolchains/checks/integer-search.ts';
import { startSizeof } from '../../src/toolchains/checks/integers.ts';
import { startFindLibrary } from '../../src/toolchains/checks/libraries.ts';
import { processMemory } from '../../src/toolchains/checks/memory.ts';
import type { Checker } from '../../src/toolchains/checks/probe.ts';
import { detectToolchain } from '../../src/toolchains/detect/detect.ts';
import { familyOf } from '../../src/toolchains/family.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { detectRequest, installGcc } from '../support/stand-in-compilers.ts';

function checkerWith(
  accepts: (argv: readonly string[], code: string) => boolean,
  files: Readonly<Record<string, string>> = {},
): Checker & { readonly host: MemoryHost } {
  const host = new MemoryHost(files);
  let isFound = false;
  // A compiler that cannot make programs at all is not taken.
  installGcc(host, 'cc', { accepts: (argv, code) => !isFound || accepts(argv, code) });
  const found = detectToolchain(host, detectRequest('c'));
  if (!found.ok) throw new Error(found.error.message);
  isFound = true;
  return {
    host,
    family: familyOf(found.value),
    scratch: '/build/checks',
    compileArgs: ['-Wl,-z,now', '-DUSER'],
    linkArgs: [],
    runner: [],
    property: () => undefined,
    memory: processMemory(),
  };
}

test('a check gives the compiler code and no file, and leaves nothing behind', () => {
  const checker = checkerWith((_argv, code) => code.includes('"zlib.h"'));
  expect(startHasHeader(checker, 'zlib.h').finish()).toEqual({ value: true, cached: false });
  const { argv } = checker.host.processes.started.at(-1) ?? { argv: [] };
  expect(argv.join(' ')).toBe(
    'cc -xc - -D_FILE_OFFSET_BITS=64 -DUSER -E -P -O0 -U_FORTIFY_SOURCE'.replace(
      '-D_FILE_OFFSET_BITS=64 -DUSER',
      '-DUSER -D_FILE_OFFSET_BITS=64',
    ),
  );
  expect(checker.host.files.list('/build/checks')).toEqual({ ok: true, value: [] });
});

test('the same question is asked of the compiler once', () => {
  const checker = checkerWith(() => true);
  startHasHeader(checker, 'a.h').finish();
  const before = checker.host.processes.started.length;
  expect(startHasHeader(checker, 'a.h').finish()).toEqual({ value: true, cached: true });
  expect(checker.host.processes.started.length).toBe(before);
});

test('a function that a library was asked for, too, is not known from before', () => {
  const checker = checkerWith(() => false);
  const libraries = [{ compileArgs: [], linkArgs: ['-lutil'] }];
  const has = (input = {}) => startHasFunction(checker, 'missing', input).finish();
  expect(has()).toEqual({ value: false, cached: false });
  expect(has({ dependencies: libraries })).toEqual({ value: false, cached: false });
  expect(has()).toEqual({ value: false, cached: true });
});

test('a flag that switches a warning off is known when the one that switches it on is', () => {
  const checker = checkerWith((argv) => !argv.includes('-Wtowel'));
  expect(startHasArguments(checker, ['-Wno-towel']).finish().value).toBe(false);
  expect(startHasArguments(checker, ['-Wno-unused']).finish().value).toBe(true);
});

test('a static library is found as a file and taken as it is', () => {
  const checker = checkerWith(() => false, { '/opt/lib/libfoo.a': '', '/opt/lib/libfoo.so': '' });
  const find = (type: 'static' | 'shared') =>
    startFindLibrary(checker, { name: 'foo', folders: ['/opt/lib'], type }).finish();
  expect(find('static')).toEqual(['/opt/lib/libfoo.a']);
  expect(find('shared')).toBeUndefined();
});

test('a library of the C library is known by its flag alone', () => {
  const checker = checkerWith((argv) => argv.includes('-lm'));
  expect(startFindLibrary(checker, { name: 'm' }).finish()).toEqual(['-lm']);
  expect(startFindLibrary(checker, { name: 'dl' }).finish()).toBeUndefined();
});

test('lld for Windows is not told to allow what it does not know', () => {
  const plain = checkerWith((argv) => !argv.includes('-Wl,--allow-shlib-undefined'));
  const { toolchain } = plain.family;
  const forWindows = {
    ...toolchain,
    linker: { id: 'ld.lld', version: '21.1.8', command: ['cc'] },
    facts: { ...toolchain.facts, 'machine.system': 'windows' },
  };
  const find = (checker: Checker) => startFindLibrary(checker, { name: 'm' }).finish();
  expect(find(plain)).toBeUndefined();
  expect(find({ ...plain, family: familyOf(forWindows) })).toEqual(['-lm']);
});

test('neighbouring string literals are one', () => {
  expect(joinedLiterals('"a" "b"  "c"')).toBe('"abc"');
  expect(joinedLiterals('f("a") + "b"')).toBe('f("a") + "b"');
});

test('an integer is found by asking how it compares', () => {
  fc.assert(
    fc.property(fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }), (value) => {
      const holds = (condition: string): boolean =>
        condition.split(' && ').every((one) => {
          const [, operator, number] = /^x (==|<=|>=|>|<) (-?\d+)$/.exec(one) ?? [];
          const other = Number(number);
          if (operator === '==') return value === other;
          if (operator === '<=') return value <= other;
          if (operator === '>=') return value >= other;
          return operator === '>' ? value > other : value < other;
        });
      expect(searchInteger(holds, { expression: 'x' })).toEqual({ ok: true, value });
    }),
  );
});

test('a size is read from assembly: one compiler run, told once where to write', () => {
  const checker = checkerWith(() => true);
  const before = checker.host.processes.started.length;
  const started = startSizeof(checker, 'int');
  started.finish();
  const [{ argv } = { argv: [] }] = checker.host.processes.started.slice(before);
  expect(argv.filter((word) => word === '-o')).toEqual(['-o']);
  expect(argv.join(' ')).toContain('-S -o -');
  started.finish();
});

test.each([
  ['', '201107\n', '201107'],
  ['      ', '201107\n', '201107'],
  ['      ', '', ''],
  ['', '"KAON_GET_DEFINE_UNDEFINED"\n', undefined],
])(
  'what a macro stands for is read behind %j, which compilers of Fortran write',
  (indent, said, value) => {
    const checker = checkerWith(() => true);
    const lines = ['"KAON_GET_DEFINE_BEGIN"\n', said, '"KAON_GET_DEFINE_END"\n'];
    checker.host.program('cc', () => lines.map((line) => line && `${indent}${line}`).join(''));
    expect(startGetDefine(checker, '_OPENMP').finish()).toMatchObject({
      ok: true,
      value: { value },
    });
  },
);
