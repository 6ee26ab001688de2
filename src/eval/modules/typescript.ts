import { findInPath } from '../../host/find-in-path.ts';
import type { TargetId } from '../../model/target.ts';
import { bool, int, listOf, object, oneOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, keyword, type Module, positional, requiredKeyword, rest } from '../declare.ts';
import { environmentType } from '../objects/environment.ts';
import { type FileObject, fileType } from '../objects/file.ts';
import {
  buildTargetType,
  type CustomTargetIndexObject,
  customTargetIndexType,
  customTargetType,
  type TargetObject,
} from '../objects/target.ts';
import { typescriptDependenciesType } from '../objects/typescript.ts';
import { joinPath } from '../paths.ts';
import { declareDependencies, inPackage, toolTarget } from './typescript-packages.ts';
import { declareTest } from './typescript-test.ts';

const textOrFile = oneOf<string | FileObject>(str, object(fileType));
const packages = requiredKeyword(
  object(typescriptDependenciesType),
  'The packages to work with, from `dependencies()`.',
);
const depends = keyword(
  listOf(
    oneOf<TargetObject | CustomTargetIndexObject>(
      object(customTargetType),
      object(customTargetIndexType),
      object(buildTargetType),
    ),
  ),
  [],
  'Targets to build first: generated sources.',
);

/** kaon's module `typescript`: components in TypeScript beside those in C and Rust. */
export const typescriptModule: Module = {
  name: 'typescript',
  doc: 'Checks, bundles and tests TypeScript with the packages of a package-lock.json.',
  functions: [
    builtin({
      name: 'dependencies',
      doc: 'The packages of a lock file, installed in the build directory when the lock changes. Their install scripts are not run.',
      positional: [
        positional('lock', textOrFile, 'package-lock.json; package.json lies beside it.'),
      ],
      returns: 'typescript_dependencies',
      run: (call, { positional: [lock] }) => declareDependencies(call, lock),
    }),
    builtin({
      name: 'check',
      doc: 'Checks the types of a TypeScript project with its own tsc, incrementally.',
      positional: [positional('name', str, 'Name of the target.')],
      keywords: {
        project: keyword(textOrFile, 'tsconfig.json', 'The tsconfig.'),
        dependencies: packages,
        depends,
        build_by_default: keyword(bool, true, 'Part of `all`.'),
      },
      returns: 'custom_tgt',
      run: (call, { positional: [name], keywords }) => {
        const project = inPackage(call, keywords.dependencies, keywords.project);
        const target = toolTarget(call, keywords.dependencies, {
          name,
          kind: 'check',
          input: project.file,
          output: `${name}.checked`,
          words: [
            '--project',
            project.path,
            '--build-info',
            `${privateFolder(call, name)}/tsbuildinfo`,
          ],
          depends: keywords.depends.map((each) => each.target),
          description: `Checking types of ${name}`,
          buildByDefault: keywords.build_by_default,
        });
        return targetObject(target);
      },
    }),
    builtin({
      name: 'bundle',
      doc: "Bundles a program with its packages into one file, with the package's own esbuild. For node it can be the program of a custom_target.",
      positional: [
        positional('name', str, 'Name of the target.'),
        positional('entry', textOrFile, 'The file to start from.'),
      ],
      keywords: {
        dependencies: packages,
        depends,
        platform: keyword(str, 'node', 'Where it runs: `node` or `browser`.', {
          check: oneOfWords('node', 'browser', 'neutral'),
        }),
        format: keyword(
          str,
          undefined,
          'Kind of module: `esm`, `cjs` or `iife`; by default `esm`, for browsers `iife`.',
          { check: oneOfWords('esm', 'cjs', 'iife') },
        ),
        output: keyword(
          str,
          undefined,
          'Name of the file; by default that of the target with `.js` or `.mjs`.',
        ),
        minify: keyword(bool, false, 'Makes it small.'),
        external: keyword(listOf(str), [], 'Packages to leave out.'),
        args: keyword(listOf(str), [], 'Further arguments for esbuild.'),
        build_by_default: keyword(bool, true, 'Part of `all`.'),
      },
      returns: 'custom_tgt',
      run: (call, { positional: [name, entry], keywords }) => {
        const start = inPackage(call, keywords.dependencies, entry);
        const format = keywords.format ?? (keywords.platform === 'browser' ? 'iife' : 'esm');
        const output =
          keywords.output ??
          `${name}.${format === 'esm' && keywords.platform === 'node' ? 'mjs' : 'js'}`;
        const options = [
          ...[`--platform=${keywords.platform}`, `--format=${format}`],
          ...(keywords.minify ? ['--minify'] : []),
          ...keywords.external.map((each) => `--external:${each}`),
          ...keywords.args,
        ];
        const target = toolTarget(call, keywords.dependencies, {
          name,
          kind: 'bundle',
          input: start.file,
          output,
          words: ['--entry', start.path, ...options.map((option) => `--option=${option}`)],
          depends: keywords.depends.map((each) => each.target),
          description: `Bundling ${name}`,
          buildByDefault: keywords.build_by_default,
        });
        return targetObject(target, keywords.platform === 'node' ? [nodeCommand(call)] : undefined);
      },
    }),
    builtin({
      name: 'test',
      doc: "Runs test files with the package's own vitest, each file a test of its own.",
      positional: [positional('name', str, "What the tests' names begin with.")],
      rest: rest('sources', textOrFile, 'The test files.'),
      keywords: {
        sources: keyword(listOf(textOrFile), [], 'The test files.'),
        config: keyword(
          textOrFile,
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

function nodeCommand(call: Call): string {
  return (
    findInPath(call.evaluation.host, 'node') ??
    call.fail("Program 'node' not found or not executable")
  );
}

function privateFolder({ evaluation, scope }: Call, name: string): string {
  return joinPath(evaluation.buildRoot, scope.buildSubdir, `${name}.p`);
}

function targetObject(target: TargetId, runner?: readonly string[]): TargetObject {
  return { type: customTargetType, target, ...(runner === undefined ? {} : { runner }) };
}

function testName(path: string): string {
  return path.replace(/(\.test|\.spec)?\.[cm]?[jt]sx?$/, '');
}

function oneOfWords(...words: readonly string[]): (value: string) => string | undefined {
  return (value) =>
    words.includes(value) ? undefined : `must be one of ${words.join(', ')}, not ${value}`;
}
