import { bool, int, listOf, object, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, type Module, positional, rest } from '../../declare.ts';
import { environmentType } from '../../objects/environment.ts';
import { joinPath } from '../../paths.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { bundle } from './bundle.ts';
import { depends, packages } from './keywords.ts';
import { declareDependencies, inPackage, toolTarget } from './packages.ts';
import { declareTest } from './test.ts';

/** kaon's module `typescript`: components in TypeScript beside those in C and Rust. */
export const typescriptModule: Module = {
  name: 'typescript',
  doc: 'Checks, bundles and tests TypeScript with the packages of a package-lock.json.',
  functions: [
    builtin({
      name: 'dependencies',
      doc: 'The packages of a lock file, installed in the build directory when the lock changes. Their install scripts are not run.',
      positional: [
        positional('lock', strOrFile, 'package-lock.json; package.json lies beside it.'),
      ],
      rest: rest('locks', strOrFile, 'Lock files of packages that lie below that one.'),
      returns: 'typescript_dependencies',
      run: (call, { positional: [lock], rest: locks }) =>
        declareDependencies(call, [lock, ...locks]),
    }),
    builtin({
      name: 'check',
      doc: 'Checks the types of a TypeScript project with its own tsc, incrementally.',
      positional: [positional('name', str, 'Name of the target.')],
      keywords: {
        project: keyword(strOrFile, 'tsconfig.json', 'The tsconfig.'),
        dependencies: packages,
        depends,
        build_by_default: keyword(bool, true, 'Part of `all`.'),
      },
      returns: 'custom_tgt',
      run: (call, { positional: [name], keywords }) => {
        const project = inPackage(call, keywords.dependencies, keywords.project);
        return toolTarget(call, keywords.dependencies, {
          name,
          kind: 'check',
          input: project.file,
          outputs: [`${name}.checked`],
          words: [
            '--project',
            project.path,
            '--build-info',
            `${privateFolder(call, name)}/tsbuildinfo`,
          ],
          depends: keywords.depends,
          description: `Checking types of ${name}`,
          buildByDefault: keywords.build_by_default,
        });
      },
    }),
    bundle,
    builtin({
      name: 'test',
      doc: "Runs test files with the package's own vitest, each file a test of its own.",
      positional: [positional('name', str, "What the tests' names begin with.")],
      rest: rest('sources', strOrFile, 'The test files.'),
      keywords: {
        sources: keyword(listOf(strOrFile), [], 'The test files.'),
        config: keyword(
          strOrFile,
          undefined,
          "A vitest configuration other than the package's own.",
        ),
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
    }),
  ],
};

function privateFolder({ evaluation, scope }: Call, name: string): string {
  return joinPath(evaluation.buildRoot, scope.buildSubdir, `${name}.p`);
}

function testName(path: string): string {
  return path.replace(/(\.test|\.spec)?\.[cm]?[jt]sx?$/, '');
}
