import type { CommandWord, TargetId } from '../../model/target.ts';
import type { Test, TestProtocol } from '../../model/test.ts';
import { bool, int, listOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import type { KeywordValues } from '../declare.ts';
import { keyword } from '../declare.ts';
import { fileType } from '../objects/file.ts';
import { programType, programWord } from '../objects/program.ts';
import { oneOfChoices, orNothing } from '../targets/argument-types.ts';
import { type CommandValue, type DependValue, depends } from '../targets/keywords/command.ts';
import { environment, environmentChanges } from '../targets/keywords/environment.ts';
import { isA } from '../value.ts';

/** What tests of crates take; `protocol` is taken and means nothing, as in Meson. */
export const testKeywords = {
  should_fail: keyword(orNothing(bool), undefined, 'Success is that it fails.', {
    deprecated: { since: '1.11.0', instead: 'Use expected_fail instead of should_fail' },
  }),
  expected_fail: keyword(orNothing(bool), undefined, 'Success is that it fails.', {
    since: '1.11.0',
  }),
  expected_exitcode: keyword(orNothing(int), undefined, 'What its exit code must be.', {
    since: '1.11.0',
  }),
  timeout: keyword(int, 30, 'Seconds; 0 or less means none.'),
  workdir: keyword(orNothing(str), undefined, 'Where it runs.', {
    check: (value) =>
      value === undefined || value.startsWith('/') ? undefined : 'must be an absolute path',
  }),
  protocol: keyword(str, 'exitcode', 'How results are told: always rust.', {
    check: oneOfChoices('exitcode', 'tap', 'gtest', 'rust'),
    sinceValues: [
      { feature: 'value "gtest"', since: '0.55.0', used: (value) => value === 'gtest' },
      { feature: 'value "rust"', since: '0.57.0', used: (value) => value === 'rust' },
    ],
  }),
  priority: keyword(int, 0, 'Higher runs earlier.', { since: '0.52.0' }),
  env: environment,
  depends: { ...depends, since: '0.46.0' },
  suite: keyword(listOf(str), [], 'Suites it belongs to.'),
  verbose: keyword(bool, false, 'Always shows its output.', { since: '0.62.0' }),
};

export type TestValues = KeywordValues<typeof testKeywords>;

/** A test whose program and arguments are known. */
export interface ModuleTest extends Omit<TestValues, 'depends' | 'protocol'> {
  readonly name: string;
  readonly is_parallel: boolean;
  readonly command: readonly CommandWord[];
  readonly depends: readonly TargetId[];
  readonly protocol: TestProtocol;
}

export function addTest(call: Call, given: ModuleTest): void {
  const { evaluation, scope } = call;
  const row = evaluation.tables.projects.get(scope.project);
  const project = scope.subproject === '' ? row.name : scope.subproject;
  const plain = project.replaceAll(/[ :]/g, '_');
  const suites = given.suite.length === 0 ? [''] : given.suite;
  if (given.should_fail !== undefined && given.expected_fail !== undefined)
    call.fail("Tried to use both 'should_fail' and 'expected_fail'");
  if (given.timeout <= 0) call.uses('test() timeout <= 0', '0.57.0');
  const test: Test = {
    name: testName(call, given.name),
    project,
    suites: suites.map((suite) => (suite === '' ? plain : `${plain}:${suite}`)),
    command: given.command,
    environment: environmentChanges(given.env),
    workingDirectory: given.workdir,
    depends: [...new Set(given.depends)],
    parallel: given.is_parallel,
    shouldFail: given.should_fail ?? given.expected_fail ?? false,
    ...(given.expected_exitcode === undefined ? {} : { expectedExitCode: given.expected_exitcode }),
    timeoutSeconds: given.timeout,
    protocol: given.protocol,
    priority: given.priority,
    verbose: given.verbose,
    benchmark: false,
  };
  evaluation.tables.tests.push(test);
}

function testName(call: Call, name: string): string {
  if (!name.includes(':')) return name;
  call.deprecated(`":" is not allowed in test name "${name}", it has been replaced with "_"`);
  return name.replaceAll(':', '_');
}

export function dependTargets(values: readonly DependValue[]): readonly TargetId[] {
  return values.flatMap((value) => {
    if (!isA(value, programType)) return [value.target];
    return value.found.kind === 'target' ? [value.found.target] : [];
  });
}

/** An argument of a command: text, or what is named. */
export function argumentWord(value: CommandValue): CommandWord {
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (isA(value, fileType)) return { kind: 'file', file: value.file };
  if (isA(value, programType)) return programWord(value) ?? { kind: 'text', text: value.name };
  return {
    kind: 'target',
    target: value.target,
    output: 'output' in value ? value.output : 'all',
  };
}
