import { startGetDefine } from '../../../toolchains/checks/defines.ts';
import {
  type IntegerAnswer,
  startAlignment,
  startComputeInt,
  startSizeof,
} from '../../../toolchains/checks/integers.ts';
import type { Started } from '../../../toolchains/checks/memory.ts';
import { int, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type Method, methodOf, positional } from '../../declare.ts';
import type { CompilerObject } from '../../objects/compiler.ts';
import type { Value } from '../../value.ts';
import { cachedText, told, yesNo } from './answer.ts';
import { type CheckKeywords, type CheckRequest, checkSetup } from './input.ts';
import { args, common, dependencies, prefix } from './keywords.ts';

const method = methodOf<CompilerObject>();

type Computed = Extract<IntegerAnswer, { readonly ok: true }>['value'];

/** An integer check's value and line; what went wrong ends evaluation where the answer is needed. */
function integer(
  call: Call,
  started: Started<IntegerAnswer>,
  line: (computed: Computed) => string,
): Value {
  const needed = (answer: IntegerAnswer) => (answer.ok ? answer.value : call.fail(answer.error));
  return told(call, started, {
    line: (answer) => line(needed(answer)),
    value: (answer) => needed(answer).value,
  });
}

/** A line that tells where the answer was known before. */
function cachedLine(about: string): (computed: Computed) => string {
  return ({ value, cached }) => `${about} ${value}${cachedText(cached)}`;
}

/** Programs are not linked for a foreign machine: libraries are no part of such a check. */
const asCross = (call: Call, keywords: CheckKeywords): CheckRequest => ({
  keywords,
  compileOnly: call.evaluation.cross,
});

const sizeOf = method({
  name: 'sizeof',
  doc: 'The size of a type in bytes; -1 when there is no such type.',
  positional: [positional('type', str, 'A type, as C writes it.')],
  keywords: common,
  returns: 'int',
  run: (call, self, { positional: [type], keywords }) => {
    const request = asCross(call, keywords);
    const { checker, input, withDependencies } = checkSetup(call, self, request);
    const about = `Checking for size of "${type}" ${withDependencies}`;
    return integer(call, startSizeof(checker, type, input), cachedLine(about));
  },
});

const alignment = method({
  name: 'alignment',
  doc: 'The alignment of a type in bytes.',
  positional: [positional('type', str, 'A type, as C writes it.')],
  keywords: { prefix, args, dependencies },
  returns: 'int',
  run: (call, self, { positional: [type], keywords }) => {
    const request = asCross(call, { ...keywords, no_builtin_args: true });
    const { checker, input, withDependencies } = checkSetup(call, self, request);
    const about = `Checking for alignment of "${type}" ${withDependencies}`;
    return integer(call, startAlignment(checker, type, input), cachedLine(about));
  },
});

const bound = (doc: string) => keyword(orNothing(int), undefined, doc);

const computeInt = method({
  name: 'compute_int',
  doc: 'The value of an integer expression, as the compiler computes it.',
  since: '0.40.0',
  positional: [positional('expression', str, 'A constant, as C writes it.')],
  keywords: {
    low: bound('The least it can be, where programs cannot run.'),
    high: bound('The greatest.'),
    guess: bound('What it probably is.'),
    ...common,
  },
  returns: 'int',
  run: (call, self, { positional: [expression], keywords }) => {
    const request = asCross(call, keywords);
    const { checker, input, withDependencies } = checkSetup(call, self, request);
    const { low, high, guess } = keywords;
    const bounds = {
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      ...(guess === undefined ? {} : { guess }),
    };
    const started = startComputeInt(checker, { expression, bounds }, input);
    return integer(
      call,
      started,
      ({ value }) => `Computing int of "${expression}" ${withDependencies} ${value}`,
    );
  },
});

const macro = positional('macro', str, 'Its name.');

const getDefine = method({
  name: 'get_define',
  doc: 'What a macro stands for; empty when it is not defined.',
  since: '0.40.0',
  positional: [macro],
  keywords: common,
  returns: 'str',
  run: (call, self, { positional: [name], keywords }) => {
    const { checker, input, withDependencies } = checkSetup(call, self, { keywords });
    return told(call, startGetDefine(checker, name, input), {
      line: (answer) =>
        answer.ok
          ? `Fetching value of define "${name}" ${withDependencies} ${answer.value.value ?? '(undefined)'}${cachedText(answer.value.cached)}`
          : undefined,
      value: (answer) => (answer.ok ? (answer.value.value ?? '') : call.fail(answer.error)),
    });
  },
});

const hasDefine = method({
  name: 'has_define',
  doc: 'Whether a macro is defined, be it as nothing.',
  since: '1.3.0',
  positional: [macro],
  keywords: common,
  returns: 'bool',
  run: (call, self, { positional: [name], keywords }) => {
    const setup = checkSetup(call, self, { keywords, end: '' });
    const { checker, input } = setup;
    const about = setup.withDependencies === '' ? '' : `${setup.withDependencies} `;
    return told(call, startGetDefine(checker, name, input), {
      line: (answer) =>
        answer.ok
          ? `Checking if define "${name}" ${about}exists: ${yesNo(answer.value.value !== undefined)}${cachedText(answer.value.cached)}`
          : undefined,
      value: (answer) => (answer.ok ? answer.value.value !== undefined : call.fail(answer.error)),
    });
  },
});

/** Checks whose answer is a number or a text. */
export const integerMethods: readonly Method[] = [
  sizeOf,
  alignment,
  computeInt,
  getDefine,
  hasDefine,
];
