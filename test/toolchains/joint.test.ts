import { expect, test } from 'vitest';
import { startHasArguments } from '../../src/toolchains/checks/arguments.ts';
import { startHasHeader } from '../../src/toolchains/checks/headers.ts';
import { joinable, joinedCode, partsInError } from '../../src/toolchains/checks/joint.ts';
import { meaning } from '../../src/toolchains/checks/meaning.ts';
import { processMemory } from '../../src/toolchains/checks/memory.ts';
import type { Checker } from '../../src/toolchains/checks/probe.ts';
import { undefinedNames } from '../../src/toolchains/checks/undefined-names.ts';
import { detectToolchain } from '../../src/toolchains/detect/detect.ts';
import { familyOf } from '../../src/toolchains/family.ts';
import { MemoryHost } from '../support/memory-host.ts';
import type { ProgramEnd } from '../support/memory-processes.ts';
import { detectRequest, installGcc } from '../support/stand-in-compilers.ts';

const parts = ['first', 'second'].map((name) => ({
  name,
  body: (number: number) => `void kaon_${number}(void) {\n${name};\n}`,
}));

test('each line of joined code belongs to a part, to what all share, or to nobody', () => {
  const { code, partOfLine } = joinedCode({ kind: meaning, before: '#include <a.h>\n' }, parts);
  expect(code.split('\n').map((line, index) => `${line} | ${partOfLine(index + 1)}`)).toEqual([
    '#include <a.h> | before',
    ' | before',
    'void kaon_0(void) { | 0',
    'first; | 0',
    '} | 0',
    'void kaon_1(void) { | 1',
    'second; | 1',
    '} | 1',
  ]);
});

test('what the compiler calls wrong is told by its lines, and nothing else explains it', () => {
  const joined = joinedCode({ kind: meaning, before: '#include <a.h>' }, parts);
  const wrong = (stderr: string) => partsInError({ ...joined, parts, stderr });
  const error = (line: number) => `<stdin>:${line}:1: error: no\n`;
  expect(wrong(`<stdin>: In function 'kaon_1':\n${error(6)}    6 | second; // error\n`)).toEqual(
    new Set([1]),
  );
  expect(wrong(error(1))).toEqual(new Set([0, 1]));
  expect(wrong(`${error(3)}/usr/include/a.h:1:1: error: no\n`)).toBeUndefined();
  expect(wrong(`${error(3)}${error(99)}`)).toBeUndefined();
  expect(wrong('cc1: error: out of memory\n')).toBeUndefined();
  expect(wrong('')).toBeUndefined();
});

test.each([
  ["ld: /tmp/a.o: in function `kaon_0':\n<stdin>:(.text+0x5): undefined reference to `foo'", 'foo'],
  ['ld.lld: error: undefined symbol: foo\n>>> referenced by <stdin>', 'foo'],
  ["ld: undefined reference to `foo'\ncollect2: error: ld returned 1 exit status", undefined],
  ['ld: cannot find -lfoo', undefined],
])('of a linker that says %j', (stderr, name) => {
  const names = undefinedNames(stderr);
  expect(names === undefined ? undefined : [...names][0]).toBe(
    stderr.startsWith('ld: undefined') ? 'foo' : name,
  );
});

test('under some arguments code beside other code may mean another thing', () => {
  expect(joinable(['-DA', '-I/usr/include', '-std=c11', '-Wall', '-O2', '-pthread'])).toBe(true);
  for (const arg of ['-Werror', '-Wfatal-errors', '-lm', '-fsyntax-only', '@file', '-Wp,-DX'])
    expect(joinable([arg])).toBe(false);
});

/** A gcc that is given code with `says`, and who counts how often. */
function checkerWith(says: (argv: readonly string[], code: string) => ProgramEnd) {
  const host = new MemoryHost();
  installGcc(host);
  const found = detectToolchain(host, detectRequest('c'));
  if (!found.ok) throw new Error(found.error.message);
  let runs = 0;
  host.program('cc', ({ argv, input }) => {
    runs++;
    return says(argv, input);
  });
  const checker: Checker = {
    host,
    family: familyOf(found.value),
    scratch: '/build/checks',
    compileArgs: [],
    linkArgs: [],
    runner: [],
    property: () => undefined,
    memory: processMemory(),
  };
  return { checker, runs: () => runs };
}

test('headers that wait are asked for together when one is needed', () => {
  const { checker, runs } = checkerWith((_argv, code) =>
    [...code.matchAll(/"(a|b)\.h"\)\n(.*)/g)].map(([, , mark]) => `${mark}\n`).join(''),
  );
  const started = ['a.h', 'b.h', 'c.h'].map((header) => startHasHeader(checker, header));
  expect(runs()).toBe(0);
  expect(started.map(({ finish }) => finish().value)).toEqual([true, true, false]);
  expect(runs()).toBe(1);
});

test('what a run does not explain is tried alone', () => {
  const { checker, runs } = checkerWith((argv) =>
    argv.includes('-Wb') ? { code: 1, stderr: 'cc: internal compiler error\n' } : 0,
  );
  const started = ['-Wa', '-Wb', '-Wc'].map((arg) => startHasArguments(checker, [arg]));
  expect(started.map(({ finish }) => finish().value)).toEqual([true, false, true]);
  expect(runs()).toBe(4);
});

test('a check that looks into the project is made when it is asked for', () => {
  const { checker, runs } = checkerWith(() => 0);
  startHasHeader(checker, 'a.h', { args: () => ['-I/project/include'] });
  expect(runs()).toBe(1);
});
