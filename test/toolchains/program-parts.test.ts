import { expect, test } from 'vitest';
import {
  besideEachOther,
  programParts,
  programsInError,
} from '../../src/toolchains/checks/program-parts.ts';

const plain = (body: string): string => `#include <a.h>\n${body}\nint main(void) { return f(); }`;

test('a program is cut into its directives and what it defines', () => {
  const code = `
    #include <a.h> /* for f */
    #ifdef __linux__
    # include <b.h>
    #endif
    static int __attribute__((target("avx2"))) g(void *p) { struct a b; return f(p, "}"); }
    static char *room[3];
    int main(int argc, char **argv) { return g(argv[0]); }
  `;
  expect(programParts(code)).toMatchObject({
    preamble: '#include <a.h>\n#ifdef __linux__\n# include <b.h>\n#endif',
    names: ['g', 'room', 'main'],
  });
});

test.each([
  ['no headers', 'int main(void) { return 0; }'],
  ['no main', '#include <a.h>\nint f(void) { return 0; }'],
  ['a condition around its code', '#include <a.h>\n#if 1\nint main(void) { return 0; }\n#endif'],
  ['a directive in its code', plain('int x;\n#define f g')],
  ['a type of its own', plain('struct s { int x; };')],
  ['a type definition', plain('typedef int number;')],
  ['a declaration', plain('int f(void);')],
  ['a declaration in a function', plain('int g(void) { extern int f(void); return f(); }')],
  ['a variable with a value', plain('int x = 1;')],
  ['words for the assembler', plain('void g(void) { asm("nop"); }')],
  ['a word that asks for its place', plain('int g(void) { return __LINE__; }')],
  ['an inline function', plain('inline int g(void) { return 1; }')],
  ['parameters told later', '#include <a.h>\nint main(argc) int argc; { return 0; }'],
  ['brackets that do not close', plain('int g(void) { return (1; }')],
  ['a comment that does not end', plain('/* int x;')],
  ['the same name twice', plain('int x; int x;')],
])('a program with %s stands alone', (_what, code) => {
  expect(programParts(code)).toBeUndefined();
});

test('beside others the names of a program are its own, and no header may know them', () => {
  const program = programParts('#include <a.h>\nstatic int g;\nint main(void) { return g; }');
  expect(program && besideEachOther([program, program]).split('\n')).toEqual([
    ...['#include <a.h>', 'struct kaon_foreign { int kaon_one; };'],
    ...[0, 1].flatMap((number) => [
      `#line 1 "kaon_${number}"`,
      ...['#ifdef g', '#error g', '#endif', 'extern struct kaon_foreign g;'],
      `#define g kaon_${number}_g`,
      ...['#ifdef main', '#error main', '#endif', `#define main kaon_${number}_main`],
      ...['static int g;', 'int main(void) { return g; }', '#undef g', '#undef main'],
    ]),
  ]);
});

test('what the compiler calls wrong is a program, or what all of them include', () => {
  const wrong = (stderr: string): readonly number[] | undefined => {
    const found = programsInError(stderr, 3);
    return found && [...found];
  };
  expect(wrong("kaon_1: In function 'kaon_1_main':\nkaon_1:8:3: error: no\n")).toEqual([1]);
  expect(wrong('<stdin>:1:10: fatal error: a.h: No such file\n')).toEqual([0, 1, 2]);
  expect(wrong('/usr/include/a.h:1:1: error: no\nkaon_1:8:3: error: no\n')).toBeUndefined();
  expect(wrong('kaon_1:8:3: warning: implicit declaration\nkaon_2:8:3: error: no\n')).toBe(
    undefined,
  );
});
