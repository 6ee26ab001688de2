import type { Test } from '../../../model/test.ts';
import type { Call } from '../../call.ts';
import type { EnvironmentObject } from '../../objects/environment.ts';
import type { TypescriptDependencies } from '../../objects/typescript.ts';
import { type GeneratedSource, generatedWords, internalCommand, texts } from './packages.ts';

/** Adds a test that runs one file of tests. */
export function declareTest(
  call: Call,
  given: {
    readonly name: string;
    readonly path: string;
    readonly config: string | undefined;
    readonly dependencies: TypescriptDependencies;
    readonly depends: readonly GeneratedSource[];
    readonly suite: readonly string[];
    readonly timeout: number;
    readonly env: EnvironmentObject | undefined;
    readonly is_parallel: boolean;
    readonly priority: number;
  },
): void {
  const { evaluation, scope } = call;
  const project = evaluation.tables.projects.get(scope.project).name;
  const suites =
    given.suite.length === 0 ? [project] : given.suite.map((suite) => `${project}:${suite}`);
  const test: Test = {
    name: given.name,
    project,
    suites,
    command: [
      ...internalCommand(call, 'test', given.dependencies),
      ...texts('--file', given.path),
      ...(given.config === undefined ? [] : texts('--config', given.config)),
      ...texts(...generatedWords(call, given.dependencies, given.depends)),
    ],
    environment: given.env?.changes ?? [],
    workingDirectory: undefined,
    depends: [given.dependencies.target, ...given.depends.map((each) => each.target)],
    parallel: given.is_parallel,
    shouldFail: false,
    timeoutSeconds: given.timeout,
    protocol: 'tap',
    priority: given.priority,
    verbose: false,
    benchmark: false,
  };
  evaluation.tables.tests.push(test);
}
