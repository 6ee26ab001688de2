import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { findInPath } from '../../src/host/find-in-path.ts';
import type { Launch } from '../../src/host/host.ts';
import { nodeHost } from '../../src/host/node/node-host.ts';
import { startHasArguments } from '../../src/toolchains/checks/arguments.ts';
import { startHasFunction } from '../../src/toolchains/checks/functions.ts';
import { startHasHeader, startHasHeaderSymbol } from '../../src/toolchains/checks/headers.ts';
import {
  startAlignment,
  startComputeInt,
  startSizeof,
} from '../../src/toolchains/checks/integers.ts';
import { processMemory, type Started } from '../../src/toolchains/checks/memory.ts';
import type { Checker } from '../../src/toolchains/checks/probe.ts';
import { type CheckInput, startLinks } from '../../src/toolchains/checks/sources.ts';
import { startHasMembers, startHasType } from '../../src/toolchains/checks/types.ts';
import { detectToolchain } from '../../src/toolchains/detect/detect.ts';
import { familyOf } from '../../src/toolchains/family.ts';
import { detectRequest } from '../support/stand-in-compilers.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaon-joint-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** One check, by its text. */
type Ask = (checker: Checker) => Started<unknown>;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const programs: Readonly<Record<string, string>> = {
  fine: '#include <stdio.h>\nint main(void) { puts("x"); return 0; }',
  missing:
    '#ifdef __cplusplus\nextern "C"\n#endif\nint nothing(void);\nint main(void) { return nothing(); }',
  wrong: 'int main(void) { return',
  'no main': 'int other(void) { return 0; }',
  start: 'int _start(void) { return 0; }\nint main(void) { return 0; }',
  own: 'int puts_of_mine(void) { return 0; }\nint main(void) { return puts_of_mine(); }',
  'another own': 'int puts_of_mine(void) { return 1; }\nint main(void) { return puts_of_mine(); }',
  weak: 'extern int nothing(void) __attribute__((weak));\nint main(void) { return nothing ? 1 : 0; }',
  thread: 'extern __thread int nothing;\nint main(void) { return nothing; }',
  math: '#include <math.h>\nint main(int c, char **v) { return (int) sin(c) + (v == 0); }',
  threads:
    '#include <pthread.h>\nint main(void) { pthread_t t; return pthread_create(&t, 0, 0, 0); }',
};

function questions(): ReadonlyMap<string, Ask> {
  const all = new Map<string, Ask>();
  const inputs: Readonly<Record<string, CheckInput>> = {
    plain: {},
    gnu: { prefix: '#define _GNU_SOURCE' },
    headers: { prefix: '#include <stdio.h>\n#include <string.h>\n#include <time.h>' },
    missing: { prefix: '#include <no-such-header.h>' },
    wrong: { prefix: 'int wrong = ;' },
    args: { args: () => ['-DFOO=1', '-std=gnu11'] },
    strict: { args: () => ['-Werror', '-Wall'] },
    flags: {
      args: () => words('-fno-strict-aliasing -fvisibility=hidden -fPIC -fno-common -fwrapv'),
    },
  };
  for (const [name, input] of Object.entries(inputs)) {
    for (const header of words('stdio.h no-such.h sys/types.h windows.h zlib.h'))
      all.set(`header ${header} ${name}`, (c) => startHasHeader(c, header, input));
    for (const f of words(
      'printf nothing_of_the_kind strlcat_no memcpy exit alloca bswap64 malloc_no strchrnul',
    ))
      all.set(`function ${f} ${name}`, (c) => startHasFunction(c, f, input));
    if (['plain', 'args', 'strict', 'flags'].includes(name))
      for (const [title, code] of Object.entries(programs))
        all.set(`links ${title} ${name}`, (c) => startLinks(c, { kind: 'code', code }, input));
    for (const type of words('int FILE size_t no_type struct_tm time_t'))
      all.set(`type ${type} ${name}`, (c) => startHasType(c, type.replace('_tm', ' tm'), input));
    for (const member of words('tm_sec tm_gmtoff tm_nothing'))
      all.set(`member ${member} ${name}`, (c) =>
        startHasMembers(c, { type: 'struct tm', members: [member] }, input),
      );
    for (const type of words('int char no_type long size_t')) {
      all.set(`sizeof ${type} ${name}`, (c) => startSizeof(c, type, input));
      all.set(`alignment ${type} ${name}`, (c) => startAlignment(c, type, input));
    }
    for (const value of ['1 + 2', 'EOF', '-7', 'sizeof(void*) * 8', 'nothing'])
      all.set(`int ${value} ${name}`, (c) => startComputeInt(c, { expression: value }, input));
    for (const symbol of words('EOF printf FILE nothing stdout'))
      for (const header of ['stdio.h', 'no-such.h'])
        all.set(`symbol ${symbol} ${header} ${name}`, (c) =>
          startHasHeaderSymbol(c, { header, symbol }, input),
        );
  }
  for (const arg of words(
    `-Wall -Wno-all -Wnonsense -Wno-nonsense -Wshadow=local -Wformat-security -Wold-style-definition
     -Wnon-virtual-dtor -Werror -Werror=all -fno-common -fnonsense -fno-nonsense -fstack-protector-strong
     -ftrivial-auto-var-init=zero -fvisibility=hidden -fvisibility=nonsense -fsanitize=address
     -Wimplicit-fallthrough=2 -Wimplicit-fallthrough=99 -Weverything -fno-rtti -march=nonsense -O2`,
  ))
    all.set(`argument ${arg}`, (c) => startHasArguments(c, [arg]));
  return all;
}

function makeChecker(language: string, command: readonly string[]): () => Checker {
  const host = nodeHost();
  const found = detectToolchain(host, detectRequest(language, { [language]: command }));
  if (!found.ok) throw new Error(found.error.message);
  return () => ({
    // The queue of what waits belongs to the host.
    host: { ...host },
    family: familyOf(found.value),
    scratch,
    compileArgs: [],
    linkArgs: [],
    runner: [],
    property: () => undefined,
    memory: processMemory(),
  });
}

const compilers = [
  ['c', 'gcc'],
  ['c', 'clang'],
  ['cpp', 'g++'],
  ['cpp', 'clang++'],
] as const;

test.for(compilers)(
  '%s with %s: what is tried together comes out as alone',
  ([language, command], { skip }) => {
    if (findInPath(nodeHost(), command) === undefined) skip();
    const checker = makeChecker(language, [command]);
    const asks = questions();
    const alone = new Map<string, unknown>();
    const answerAlone = (name: string): unknown => {
      if (!alone.has(name)) alone.set(name, asks.get(name)?.(checker()).finish());
      return alone.get(name);
    };
    const law = fc.property(
      fc.uniqueArray(fc.constantFrom(...asks.keys()), { minLength: 20, maxLength: 40 }),
      (names) => {
        const together = checker();
        const started = names.map((name) => ({ name, started: asks.get(name)?.(together) }));
        const answers = Object.fromEntries(
          started.map(({ name, started: each }) => [name, each?.finish()]),
        );
        expect(answers).toEqual(Object.fromEntries(names.map((name) => [name, answerAlone(name)])));
      },
    );
    fc.assert(law, { numRuns: Number(process.env['KAON_JOINT_RUNS'] ?? 2), endOnFailure: true });
  },
);

test.for(compilers)(
  '%s with %s: of values of one option each is tried',
  ([language, command], { skip }) => {
    if (findInPath(nodeHost(), command) === undefined) skip();
    const checker = makeChecker(language, [command])();
    const values = ['nonsense', 'hidden', 'absurd', 'default'];
    const started = values.map((value) => startHasArguments(checker, [`-fvisibility=${value}`]));
    expect(started.map((each) => each.finish().value)).toEqual([false, true, false, true]);
  },
);

test('twenty functions, headers and arguments are one run of the compiler each', ({ skip }) => {
  if (findInPath(nodeHost(), 'gcc') === undefined) skip();
  const checker = makeChecker('c', ['gcc'])();
  const { host } = checker;
  let runs = 0;
  const start = (launch: Launch) => {
    runs++;
    return host.processes.start(launch);
  };
  const counting = { ...checker, host: { ...host, processes: { ...host.processes, start } } };
  const numbers = Array.from({ length: 20 }, (_, number) => number);
  const missing = numbers.map((n) => startHasFunction(counting, `kaon_has_no_${n}`));
  const headers = numbers.map((n) => startHasHeader(counting, n % 2 ? 'stdio.h' : `no-${n}.h`));
  const warnings = words(
    `all extra shadow undef vla pointer-arith cast-qual cast-align conversion sign-conversion
     float-equal format-security format-nonliteral init-self logical-op missing-declarations
     missing-include-dirs redundant-decls switch-default switch-enum`,
  );
  const known = warnings.map((name) => startHasArguments(counting, [`-W${name}`]));
  const values = (started: readonly Started<{ readonly value: boolean }>[]) =>
    started.map((each) => each.finish().value);
  expect(values(missing)).toEqual(numbers.map(() => false));
  expect(values(headers)).toEqual(numbers.map((n) => n % 2 === 1));
  expect(values(known)).toEqual(numbers.map(() => true));
  // One of them asks whether the functions are built in.
  expect(runs).toBe(4);
});
