import { exactInteger } from '../../base/exact-integer.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { IntegerCode } from '../rules.ts';
import { type Bounds, searchInteger } from './integer-search.ts';
import { type Joint, type JointKind, partsInError } from './joint.ts';
import { isPlainType } from './meaning.ts';
import type { Started } from './memory.ts';
import { type Answer, type Checker, once, type Probe, startProbe } from './probe.ts';
import { type CheckInput, joinsWell, probeOf, startCompiles, startRun } from './sources.ts';

/** An integer that the compiler knows, or why there is none, in Meson's words. */
export type IntegerAnswer = Result<Answer<number | bigint>, string>;

/** `sizeof()`: -1 when the type does not compile. */
export function startSizeof(
  checker: Checker,
  type: string,
  input: CheckInput = {},
): Started<IntegerAnswer> {
  const code = codeOf(checker).sizeof(input.prefix ?? '', type);
  return startInteger(
    checker,
    {
      expression: code.expression,
      declares: code.declares,
      notCompiled: ok({ value: -1, cached: false }),
      notRun: 'Could not run sizeof test binary.',
    },
    { ...input, prefix: code.prefix },
  );
}

/** `alignment()`. */
export function startAlignment(
  checker: Checker,
  type: string,
  input: CheckInput = {},
): Started<IntegerAnswer> {
  const told = {
    notCompiled:
      checker.runner === 'cannot-run'
        ? ok({ value: -1, cached: false })
        : err('Could not compile alignment test.'),
    notRun: 'Could not run alignment test binary.',
  };
  const own = codeOf(checker).alignment?.(input.prefix ?? '', type);
  if (own !== undefined) {
    const { prefix, expression, declares } = own;
    return startInteger(checker, { ...told, expression, declares }, { ...input, prefix });
  }
  const prefix = `${input.prefix ?? ''}\n#include <stddef.h>\nstruct tmp {\n  char c;\n  ${type} target;\n};`;
  return startInteger(
    checker,
    {
      ...told,
      expression: 'offsetof(struct tmp, target)',
      declares: '',
      joint: {
        before: input.prefix ?? '',
        part: (number) => ({
          declares: `struct kaon_tmp_${number} {\n  char c;\n  ${type} target;\n};`,
          expression: `offsetof(struct kaon_tmp_${number}, target)`,
        }),
        plain: isPlainType(type),
      },
    },
    { ...input, prefix },
  );
}

interface Computed {
  readonly expression: string;
  /** They help where programs cannot run. */
  readonly bounds?: Bounds;
}

/** `compute_int()`. */
export function startComputeInt(
  checker: Checker,
  { expression, bounds = {} }: Computed,
  input: CheckInput = {},
): Started<IntegerAnswer> {
  const question: Question = {
    expression,
    declares: '',
    notCompiled: ok({ value: -1, cached: false }),
    notRun: 'Could not run compute_int test binary.',
    bounds,
  };
  return startInteger(checker, question, input);
}

interface Question {
  readonly expression: string;
  /** Must compile first, where an integer is searched for. */
  readonly declares: string;
  readonly notCompiled: IntegerAnswer;
  readonly notRun: string;
  readonly bounds?: Bounds;
  /** How it is asked beside others, where that is another code. */
  readonly joint?: IntegerPart;
}

interface IntegerPart {
  /** Code that those beside it share. */
  readonly before: string;
  readonly part: (number: number) => { readonly declares: string; readonly expression: string };
  /** Nothing in it can upset the code around it. */
  readonly plain: boolean;
}

/**
 * The compiler writes the value of a constant into its assembly: half the price of a program that
 * prints it, and it works when cross-compiling. What is not constant is found the long way.
 */
function startInteger(
  checker: Checker,
  question: Question,
  input: CheckInput,
): Started<IntegerAnswer> {
  const { expression } = question;
  if (checker.family.compile.integers !== undefined)
    return once(() => foundOut(checker, question, input));
  const code = [input.prefix ?? '', ...markedCode('', { declares: '', expression })].join('\n');
  const probe: Probe = {
    ...probeOf({ kind: 'code', code }, 'compile', input),
    instead: ['-S', '-o', '-'],
  };
  const { before, part, plain } = question.joint ?? {
    before: input.prefix ?? '',
    part: () => ({ declares: '', expression }),
    plain: isPlainExpression(expression),
  };
  const joint: Joint = {
    kind: integers,
    before: `${before}\n#include <stddef.h>`,
    part: { name: '', body: (number) => markedCode(number, part(number)).slice(1).join('\n') },
  };
  const started = startProbe(
    checker,
    plain && joinsWell(checker, probe) ? { ...probe, joint } : probe,
  );
  return once(() => {
    const { ok: compiled, stdout, cached } = started.finish();
    const found = compiled ? /kaon:[$#]?(-?\d+):/.exec(stdout)?.[1] : undefined;
    if (found !== undefined) return ok({ value: exactInteger(found), cached });
    return foundOut(checker, question, input);
  });
}

/** Code whose assembly tells an integer: alone as a program, or with a number beside others. */
function markedCode(
  number: number | '',
  { declares, expression }: { readonly declares: string; readonly expression: string },
): readonly string[] {
  return [
    '#include <stddef.h>',
    ...(declares === '' ? [] : [declares]),
    number === '' ? 'int main(void) {' : `int kaon_${number}(void) {`,
    `__asm__ volatile ("/* kaon${number}:%c0: */" : : "i" ((long)(${expression})));`,
    'return 0;',
    '}',
  ];
}

const isPlainExpression = (text: string): boolean =>
  /^[\w \t*():.,+|&<>=!-]+$/.test(text) && balanced(text);

function balanced(text: string): boolean {
  let depth = 0;
  for (const each of text) {
    depth += each === '(' ? 1 : each === ')' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Each has a mark of its own in the assembly. */
const integers: JointKind = {
  name: 'integers',
  read: (run) => {
    if (!run.ok) {
      const wrong = partsInError(run) ?? [];
      return new Map([...wrong].map((number) => [number, { ok: false }]));
    }
    const found = [...run.stdout.matchAll(/kaon(\d+):[$#]?(-?\d+):/g)];
    return new Map(
      found.map(([, number, value]) => [Number(number), { ok: true, stdout: `kaon:${value}:` }]),
    );
  },
};

function foundOut(checker: Checker, question: Question, input: CheckInput): IntegerAnswer {
  return checker.runner === 'cannot-run'
    ? searched(checker, question, input)
    : printed(checker, question, input);
}

function codeOf({ family }: Checker): IntegerCode {
  return family.compile.integers ?? cIntegers;
}

const cIntegers: IntegerCode = {
  print: (prefix, expression) => `${prefix}
#include <stddef.h>
#include <stdio.h>
int main(void) {
    printf("%ld\\n", (long)(${expression}));
    return 0;
}`,
  declare: (prefix, declaration) =>
    `${prefix}\n#include <stddef.h>\nint main(void) { ${declaration} return 0; }`,
  holds: (prefix, condition) =>
    `${prefix}\n#include <stddef.h>\nint main(void) { static int a[1-2*!(${condition})]; a[0]=0; return 0; }`,
  and: '&&',
  sizeof: (prefix, type) => ({
    prefix: `${prefix}\n#include <stddef.h>`,
    expression: `sizeof(${type})`,
    declares: `${type} something;`,
  }),
};

function printed(
  checker: Checker,
  { expression, notCompiled, notRun }: Question,
  input: CheckInput,
): IntegerAnswer {
  const code = codeOf(checker).print(input.prefix ?? '', expression);
  const {
    compiled,
    code: exit,
    stdout,
  } = startRun(checker, { kind: 'code', code }, input).finish();
  if (!compiled) return notCompiled;
  const digits = /^\s*(-?\d+)/.exec(stdout)?.[1];
  return exit === 0 && digits !== undefined
    ? ok({ value: exactInteger(digits), cached: false })
    : err(notRun);
}

function searched(
  checker: Checker,
  { expression, declares, notCompiled, bounds }: Question,
  input: CheckInput,
): IntegerAnswer {
  const { holds, declare, and } = codeOf(checker);
  const prefix = input.prefix ?? '';
  const compiles = (code: string): boolean =>
    startCompiles(checker, { kind: 'code', code }, input).finish().value;
  if (declares !== '' && !compiles(declare(prefix, declares))) return notCompiled;
  const found = searchInteger((condition) => compiles(holds(prefix, condition)), {
    ...bounds,
    expression,
    and,
  });
  return found.ok ? ok({ value: found.value, cached: false }) : found;
}
