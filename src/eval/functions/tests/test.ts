import type { CommandWord, TargetId } from '../../../model/target.ts';
import type { Test, TestProtocol } from '../../../model/test.ts';
import { bool, int, listOf, oneOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, type KeywordValues, keyword, positional } from '../../declare.ts';
import { type FileObject, fileType } from '../../objects/file.ts';
import { type ProgramObject, programType } from '../../objects/program.ts';
import {
  type CustomTargetIndexObject,
  customTargetType,
  type TargetObject,
} from '../../objects/target.ts';
import { findProgram } from '../../programs/find-program.ts';
import {
  buildTarget,
  customTarget,
  customTargetIndex,
  executable,
  file,
  jar,
  oneOfChoices,
} from '../../targets/argument-types.ts';
import { dependsOf, wordOf } from '../../targets/command/command-words.ts';
import { type CommandValue, depends, program } from '../../targets/keywords/command.ts';
import { environment, environmentChanges } from '../../targets/keywords/environment.ts';
import { isA } from '../../value.ts';

type TestProgram = TargetObject | ProgramObject | FileObject | CustomTargetIndexObject;

const testProgram = oneOf<TestProgram>(
  executable,
  jar,
  program,
  file,
  customTarget,
  customTargetIndex,
);

const protocols: readonly TestProtocol[] = ['exitcode', 'tap', 'gtest', 'rust'];

/** Keywords of tests and benchmarks, and of other functions that declare such. */
export const testKeywords = {
  should_fail: keyword(orNothing(bool), undefined, 'Succeeds when the program fails.', {
    deprecated: { since: '1.11.0', instead: 'Use expected_fail instead of should_fail' },
  }),
  expected_fail: keyword(orNothing(bool), undefined, 'Succeeds when the program fails.', {
    since: '1.11.0',
  }),
  expected_exitcode: keyword(orNothing(int), undefined, 'The exit code that is success.', {
    since: '1.11.0',
  }),
  timeout: keyword(int, 30, 'Seconds; 0 or less for no limit.'),
  workdir: keyword(orNothing(str), undefined, 'Where it runs: an absolute path.', {
    check: (value) =>
      value === undefined || value.startsWith('/') ? undefined : 'must be an absolute path',
  }),
  protocol: keyword<string>(str, 'exitcode', 'How it tells its results.', {
    check: oneOfChoices(...protocols),
    sinceValues: [
      { feature: 'value "gtest"', since: '0.55.0', used: (value) => value === 'gtest' },
      { feature: 'value "rust"', since: '0.57.0', used: (value) => value === 'rust' },
    ],
  }),
  priority: keyword(int, 0, 'Higher ones start first.', { since: '0.52.0' }),
  env: environment,
  depends: { ...depends, since: '0.46.0' },
  suite: keyword(listOf(str), [], 'Groups that it is part of.'),
  verbose: keyword(bool, false, 'Its output is always shown.', { since: '0.62.0' }),
  args: keyword(
    listOf(oneOf<CommandValue>(str, file, buildTarget, customTarget, customTargetIndex, program)),
    [],
    'Arguments of the program.',
  ),
};

const isParallel = keyword(bool, true, 'May run beside others.');
const name = positional('name', str, 'Its name.');
const run = positional('program', testProgram, 'The program that tests.');

export const test = builtin({
  name: 'test',
  doc: 'Declares a test.',
  positional: [name, run],
  keywords: { ...testKeywords, is_parallel: isParallel },
  returns: 'void',
  run: (call, { positional: [title, tool], keywords }) => {
    declareTest(call, {
      name: title,
      program: tool,
      keywords,
      parallel: keywords.is_parallel,
      benchmark: false,
    });
    return undefined;
  },
});

export const benchmark = builtin({
  name: 'benchmark',
  doc: 'Declares a benchmark: a test that is run alone, when asked for.',
  positional: [name, run],
  keywords: testKeywords,
  returns: 'void',
  run: (call, { positional: [title, tool], keywords }) => {
    declareTest(call, {
      name: title,
      program: tool,
      keywords,
      parallel: false,
      benchmark: true,
    });
    return undefined;
  },
});

/** A test as functions declare it. */
export interface TestRequest {
  readonly name: string;
  readonly program: TestProgram;
  readonly keywords: KeywordValues<typeof testKeywords>;
  readonly parallel: boolean;
  readonly benchmark: boolean;
}

/** Checks a test, and adds it to the model. */
function declareTest(call: Call, request: TestRequest): void {
  const { keywords } = request;
  const word = programOf(call, request.program);
  if (keywords.args.some((arg) => typeof arg === 'object' && isExternal(arg)))
    call.uses('test with program in args', '1.6.0');
  addTest(call, {
    ...request,
    command: [word, ...keywords.args.map((arg) => argumentOf(call, arg))],
    depends: [...dependsOf(keywords.depends), ...(word.kind === 'target' ? [word.target] : [])],
    protocol: protocols.find((protocol) => protocol === keywords.protocol) ?? 'exitcode',
  });
}

/** A test whose command is known. */
export interface CommandTest extends Pick<TestRequest, 'name' | 'parallel' | 'benchmark'> {
  readonly keywords: Omit<TestRequest['keywords'], 'args' | 'depends' | 'protocol'>;
  readonly command: readonly CommandWord[];
  readonly depends: readonly TargetId[];
  readonly protocol: TestProtocol;
}

/** Adds a test to the model. */
export function addTest(call: Call, given: CommandTest): void {
  const { keywords } = given;
  if (keywords.timeout <= 0) call.uses('test() timeout <= 0', '0.57.0');
  if (keywords.should_fail !== undefined && keywords.expected_fail !== undefined)
    call.fail("Tried to use both 'should_fail' and 'expected_fail'");
  const project = projectName(call);
  const row: Test = {
    name: testName(call, given.name),
    project,
    suites: suitesOf(project, keywords.suite),
    command: given.command,
    environment: environmentChanges(keywords.env),
    workingDirectory: keywords.workdir,
    depends: [...new Set(given.depends)],
    parallel: given.parallel,
    shouldFail: keywords.should_fail ?? keywords.expected_fail ?? false,
    ...(keywords.expected_exitcode === undefined
      ? {}
      : { expectedExitCode: keywords.expected_exitcode }),
    timeoutSeconds: keywords.timeout,
    protocol: given.protocol,
    priority: keywords.priority,
    verbose: keywords.verbose,
    benchmark: given.benchmark,
  };
  call.evaluation.tables.tests.push(row);
}

function isExternal(value: object): boolean {
  return 'found' in value;
}

function testName(call: Call, given: string): string {
  if (!given.includes(':')) return given;
  call.deprecated(`":" is not allowed in test name "${given}", it has been replaced with "_"`);
  return given.replaceAll(':', '_');
}

/** Tests get all outputs of a target, commands of targets the first. */
export function argumentOf(call: Call, value: CommandValue): CommandWord {
  const word = wordOf(call, value);
  const isWhole = typeof value !== 'string' && isA(value, customTargetType);
  return isWhole && word.kind === 'target' ? { ...word, output: 'all' } : word;
}

function programOf(call: Call, given: TestProgram): CommandWord {
  if (isA(given, programType)) {
    if (given.found.kind === 'no') call.fail('Tried to use not-found external program as test exe');
    return wordOf(call, given);
  }
  if (isA(given, fileType))
    return wordOf(
      call,
      findProgram(call, { names: [given], machine: 'host', required: true, silent: true }),
    );
  if ('output' in given) {
    call.uses('test with CustomTarget as command', '1.4.0');
    return { kind: 'target', target: given.target, output: given.output };
  }
  if (call.evaluation.tables.targets.get(given.target).kind === 'custom')
    call.uses('test with CustomTarget as command', '1.4.0');
  return wordOf(call, given);
}

/** The subproject's name, or the top project's own. */
export function projectName({ evaluation, scope }: Call): string {
  return scope.subproject === ''
    ? evaluation.tables.projects.get(scope.project).name
    : scope.subproject;
}

function suitesOf(project: string, suites: readonly string[]): readonly string[] {
  const prefix = project.replaceAll(/[ :]/g, '_');
  const named = suites.length === 0 ? [''] : suites;
  return named.map((suite) => (suite === '' ? prefix : `${prefix}:${suite}`));
}
