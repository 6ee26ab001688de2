import { startHasArguments } from '../../../toolchains/checks/arguments.ts';
import { startCompiles } from '../../../toolchains/checks/sources.ts';
import type { Checker } from '../../../toolchains/checks/trial.ts';
import type { Call } from '../../call.ts';
import { toolchainOf } from '../../languages/add-languages.ts';
import { checkerOf } from '../../methods/compiler/checker.ts';
import { type CompilerObject, compilerType } from '../../objects/compiler.ts';
import type { FileObject } from '../../objects/file.ts';
import { absolutePath } from '../../paths.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import type { Dictionary } from '../../value.ts';
import {
  byInterest,
  type CpuFeatureObject,
  closureOf,
  type FeatureWord,
  impliedBy,
  prevalent,
} from './object.ts';

/** What a compiler makes of features. */
export interface FeatureResult {
  readonly targetName: string;
  readonly prevalent: readonly string[];
  readonly features: readonly string[];
  readonly args: readonly string[];
  /** Words by which code asks the processor. */
  readonly detect: readonly string[];
  readonly defines: readonly string[];
  readonly undefines: readonly string[];
  readonly supported: boolean;
  readonly disabled: boolean;
  readonly reason: string;
}

export interface FeatureQuestion {
  readonly compiler: CompilerObject;
  /** Instead of the arguments that the features have. */
  readonly forcedArgs: readonly string[] | undefined;
  /** Some of the features will do. */
  readonly any: boolean;
  /** An answer given before will do. */
  readonly cached: boolean;
  /** Features that are being asked about, and so not once more. */
  readonly askers?: ReadonlySet<CpuFeatureObject>;
}

const answers = perEvaluation(() => new Map<string, FeatureResult>());

/** Asks the compiler, once for the same question. */
export function testFeatures(
  call: Call,
  features: readonly CpuFeatureObject[],
  question: FeatureQuestion,
): { readonly result: FeatureResult; readonly cached: boolean } {
  const known = answers(call.evaluation);
  const key = keyOf(features, question);
  const before = question.cached ? known.get(key) : undefined;
  if (before !== undefined) return { result: before, cached: true };
  const result = question.any
    ? testAny(call, features, question)
    : testAll(call, features, question);
  if (question.cached) known.set(key, result);
  return { result, cached: false };
}

function keyOf(
  features: readonly CpuFeatureObject[],
  { compiler, forcedArgs, any }: FeatureQuestion,
): string {
  const own = byInterest(features).map(({ facts }) => facts.name);
  const all = byInterest(closureOf(features)).map(({ facts }) => [
    ...[facts.name, facts.interest, facts.group, facts.disable],
    ...[facts.implies.map((one) => one.facts.name), facts.detect.map(wordKey)],
    ...[facts.args.map(wordKey), codeKey(facts.testCode)],
    [...facts.extraTests].map(([name, code]) => [name, codeKey(code)]),
  ]);
  return JSON.stringify([own, all, compiler.toolchain.command, forcedArgs, any]);
}

function wordKey({ value, replaces, keeps, joiner }: FeatureWord): readonly string[] {
  return [value, String(replaces), String(keeps), joiner];
}

function codeKey(code: string | FileObject): string {
  return typeof code === 'string' ? code : code.file.path;
}

/** All of them where that goes; else those that go alone. */
function testAny(
  call: Call,
  features: readonly CpuFeatureObject[],
  given: FeatureQuestion,
): FeatureResult {
  const question = { ...given, any: false };
  const all = testFeatures(call, features, question).result;
  if (all.supported) return all;
  const some = byInterest(closureOf(features)).filter(
    (one) => testFeatures(call, [one], question).result.supported,
  );
  return testFeatures(call, some, question).result;
}

function testAll(
  call: Call,
  features: readonly CpuFeatureObject[],
  question: FeatureQuestion,
): FeatureResult {
  const own = prevalent(features);
  const names = own.map(({ facts }) => facts.name);
  const empty: FeatureResult = {
    targetName: names.join('__'),
    prevalent: names,
    features: [],
    args: [],
    detect: [],
    defines: [],
    undefines: [],
    supported: false,
    disabled: false,
    reason: '',
  };
  const off = own.find(({ facts }) => facts.disable !== '');
  if (off !== undefined) {
    const reason = `${off.facts.name} is disabled due to "${off.facts.disable}"`;
    return { ...empty, disabled: true, reason };
  }
  const askers = new Set([...(question.askers ?? []), ...own]);
  const below = testImplied(call, features, { ...question, any: false, askers });
  if (below.lacking !== undefined) return { ...empty, ...below.lacking };
  const all = byInterest(closureOf(features));
  const args = question.forcedArgs ?? combined(all.map(({ facts }) => facts.args));
  const checker = checkerOf(call.evaluation, question.compiler.toolchain);
  if (args.length > 0 && !startHasArguments(checker, args).finish().value)
    return { ...empty, reason: `Arguments "${args.join(', ')}" are not supported` };
  const defines = [...below.defines];
  const undefines = [...below.undefines];
  const compiles = (code: string | FileObject): boolean => compile(call, { checker, args }, code);
  for (const { facts } of own) {
    if (facts.testCode !== '' && !compiles(facts.testCode))
      return { ...empty, reason: `Compiler fails against the test code of "${facts.name}"` };
    defines.push(facts.name, ...facts.group);
    for (const [name, code] of facts.extraTests) (compiles(code) ? defines : undefines).push(name);
  }
  return {
    ...empty,
    args,
    defines,
    undefines,
    supported: true,
    features: all.map(({ facts }) => facts.name),
    detect: combined(all.map(({ facts }) => facts.detect)),
  };
}

interface Implied {
  readonly defines: readonly string[];
  readonly undefines: readonly string[];
  readonly lacking: Pick<FeatureResult, 'disabled' | 'reason'> | undefined;
}

/** What implied features bring; features may imply each other. */
function testImplied(
  call: Call,
  features: readonly CpuFeatureObject[],
  question: FeatureQuestion & Required<Pick<FeatureQuestion, 'askers'>>,
): Implied {
  const defines = new Set<string>();
  const undefines = new Set<string>();
  for (const one of byInterest(impliedBy(features))) {
    if (question.askers.has(one)) continue;
    const { result } = testFeatures(call, [one], question);
    if (!result.supported) {
      const what = result.disabled ? 'is disabled' : 'is not supported';
      const reason = `Implied feature "${one.facts.name}" ${what}`;
      return { defines: [], undefines: [], lacking: { disabled: result.disabled, reason } };
    }
    for (const name of result.defines) defines.add(name);
    for (const name of result.undefines) undefines.add(name);
  }
  return { defines: [...defines], undefines: [...undefines], lacking: undefined };
}

/** Words of several features, the least interesting first: later ones may take the place of earlier ones. */
function combined(lists: readonly (readonly FeatureWord[])[]): readonly string[] {
  let result: readonly string[] = [];
  for (const word of lists.flat()) {
    const { replaces, keeps, joiner } = word;
    if (replaces === undefined) {
      result = [...result, word.value];
      continue;
    }
    const kept = result
      .filter((one) => replaces.test(one))
      .flatMap((one) => (keeps === undefined ? [] : [partsOf(one, keeps, joiner)]))
      .filter((one) => one !== '');
    result = [...result.filter((one) => !replaces.test(one)), word.value + kept.join(joiner)];
  }
  return result;
}

/** What a pattern finds: its groups where it has some, else all of it. */
function partsOf(text: string, pattern: RegExp, joiner: string): string {
  return [...text.matchAll(pattern)]
    .map(([whole, ...groups]) =>
      groups.length === 0 ? whole : groups.filter((group) => group).join(joiner),
    )
    .filter((part) => part !== '')
    .join(joiner);
}

function compile(
  call: Call,
  { checker, args }: { readonly checker: Checker; readonly args: readonly string[] },
  code: string | FileObject,
): boolean {
  const { evaluation } = call;
  const source =
    typeof code === 'string'
      ? ({ kind: 'code', code } as const)
      : ({ kind: 'file', path: absolutePath(evaluation, code.file) } as const);
  if (typeof code !== 'string' && code.file.tree === 'source')
    evaluation.tables.buildFiles.set(code.file.path, code.file);
  return startCompiles(checker, source, { args: () => args }).finish().value;
}

/** The compiler that is asked where none is named. */
export function featureCompiler(call: Call, given: CompilerObject | undefined): CompilerObject {
  const toolchain = toolchainOf(call, 'c', 'host') ?? toolchainOf(call, 'cpp', 'host');
  if (given !== undefined) return given;
  return toolchain === undefined
    ? call.fail(
        'Unable to get compiler for C or C++ language try to specify a valid C/C++ compiler via option "compiler".',
      )
    : { type: compilerType, toolchain };
}

/** A result as build files see it. */
export function resultValue(result: FeatureResult): Dictionary {
  return new Map(
    Object.entries({
      target_name: result.targetName,
      prevalent_features: result.prevalent,
      features: result.features,
      args: result.args,
      detect: result.detect,
      defines: result.defines,
      undefines: result.undefines,
      is_supported: result.supported,
      is_disabled: result.disabled,
      fail_reason: result.reason,
    }),
  );
}
