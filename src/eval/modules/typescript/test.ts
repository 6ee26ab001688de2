import type { Test } from '../../../model/test.ts';
import { testRunners } from '../../../toolchains/typescript/tool-run.ts';
import { bool, int, listOf, object, oneOfWords, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, positional, rest } from '../../declare.ts';
import { type EnvironmentObject, environmentType } from '../../objects/environment.ts';
import type { TypescriptDependencies } from '../../objects/typescript.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { textWords } from '../module-target.ts';
import { type GeneratedSource, generatedWords } from './generated.ts';
import { inPackage } from './in-package.ts';
import { depends, packages } from './keywords.ts';
import { internalCommand } from './package-target.ts';

/** `typescript.test()`: files of tests, each a test of its own with a result for all that is in it. */
export const test = builtin({
  name: 'test',
  doc: "Runs test files with the package's own vitest, mocha or jest, or by node, each file a test of its own.",
  positional: [positional('name', str, "What the tests' names begin with.")],
  rest: rest('sources', strOrFile, 'The test files.'),
  keywords: {
    sources: keyword(listOf(strOrFile), [], 'The test files.'),
    runner: keyword(
      str,
      'vitest',
      'What runs them: `vitest`, `node` (`node:test`), `mocha`, `jest`.',
      {
        check: oneOfWords([...testRunners]),
      },
    ),
    config: keyword(
      strOrFile,
      undefined,
      "A configuration of the runner other than the package's own.",
    ),
    args: keyword(listOf(str), [], 'Further arguments for the runner.'),
    dependencies: packages,
    depends,
    suite: keyword(listOf(str), [], 'Suites the tests belong to.'),
    timeout: keyword(int, 60, 'Seconds.'),
    env: keyword(object(environmentType), undefined, 'Changes to the environment.'),
    is_parallel: keyword(bool, true, 'May run beside other tests.'),
    priority: keyword(int, 0, 'Higher runs earlier.'),
  },
  returns: 'void',
  run: (call, { positional: [name], rest: files, keywords }) => {
    const sources = [...files, ...keywords.sources];
    if (sources.length === 0) call.fail('typescript.test needs at least one test file');
    if (keywords.runner === 'node' && keywords.config !== undefined)
      call.fail('node has no configuration of tests: "config" is for other runners');
    for (const source of sources) {
      const { path } = inPackage(call, keywords.dependencies, source);
      const config =
        keywords.config && inPackage(call, keywords.dependencies, keywords.config).path;
      declareTest(call, {
        ...keywords,
        path,
        config,
        name: sources.length === 1 ? name : `${name}/${testName(path)}`,
      });
    }
    return undefined;
  },
});

function testName(path: string): string {
  return path.replace(/(\.test|\.spec)?\.[cm]?[jt]sx?$/, '');
}

/** Adds a test that runs one file of tests. */
function declareTest(
  call: Call,
  given: {
    readonly name: string;
    readonly path: string;
    readonly config: string | undefined;
    readonly runner: string;
    readonly args: readonly string[];
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
      ...textWords(['--runner', given.runner, '--file', given.path]),
      ...(given.config === undefined ? [] : textWords(['--config', given.config])),
      ...textWords([...given.args.map((word) => `--option=${word}`)]),
      ...generatedWords(call, given.dependencies, given.depends),
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
