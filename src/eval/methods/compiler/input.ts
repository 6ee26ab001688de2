import type { Dependency } from '../../../model/dependency.ts';
import { compileArgsOf } from '../../../model/dependency-args.ts';
import type { Checker, Probe, ProbeDependency } from '../../../toolchains/checks/probe.ts';
import type { CheckInput } from '../../../toolchains/checks/sources.ts';
import { absoluteIncludes } from '../../absolute-includes.ts';
import type { Call } from '../../call.ts';
import type { Evaluation } from '../../evaluation.ts';
import { leafDependencies } from '../../leaf-dependencies.ts';
import type { CompilerObject } from '../../objects/compiler.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import type { IncludeDirectoriesObject } from '../../objects/include-directories.ts';
import { joinPath, normalPath } from '../../paths.ts';
import { checkerOf, projectOptions } from './checker.ts';

/** The keywords of a check, as they were given. */
export interface CheckKeywords {
  readonly args?: readonly string[];
  readonly dependencies?: readonly DependencyObject[];
  readonly include_directories?: readonly (string | IncludeDirectoriesObject)[];
  readonly prefix?: string | readonly string[];
  readonly no_builtin_args?: boolean;
  readonly werror?: boolean;
}

/** What a check is made of, and how the log speaks of its dependencies. */
export interface CheckSetup {
  readonly checker: Checker;
  readonly input: CheckInput;
  /** `:` or `with dependency foo:`. */
  readonly withDependencies: string;
}

/** What a check is asked for with. */
export interface CheckRequest {
  readonly keywords: CheckKeywords;
  /** Libraries are no part of a check that does not link, and the log leaves them out. */
  readonly compileOnly?: boolean;
  /** The log's word after the dependencies. */
  readonly end?: string;
}

/** Turns keywords into the arguments of a check. */
export function checkSetup(
  call: Call,
  { toolchain }: CompilerObject,
  request: CheckRequest,
): CheckSetup {
  const { keywords } = request;
  const { evaluation, scope } = call;
  const checker = checkerOf(evaluation, toolchain);
  const rows = leafDependencies(call, keywords.dependencies ?? []);
  const { compile, link } = checker.family;
  const options = projectOptions(evaluation, scope.subproject, toolchain.machine);
  const includes = includeFolders(call, keywords.include_directories ?? []).flatMap((folder) =>
    compile.include(folder),
  );
  const prefix = keywords.prefix ?? '';
  return {
    checker,
    input: {
      prefix: typeof prefix === 'string' ? prefix : prefix.join('\n'),
      args: (mode: Probe['mode']) => [
        ...includes,
        ...(keywords.no_builtin_args === true
          ? []
          : [
              ...compile.options(options),
              ...compile.std(options),
              ...(mode === 'link' ? (link?.options(options) ?? []) : []),
            ]),
        ...(keywords.werror === true ? compile.werror : []),
        ...(keywords.args ?? []),
      ],
      dependencies: rows.map((row) => probeDependency(evaluation, checker, row)),
    },
    withDependencies: dependencyText(call, rows, request),
  };
}

function probeDependency(
  evaluation: Evaluation,
  { family }: Checker,
  row: Dependency,
): ProbeDependency {
  const folders = row.includeDirectories.flatMap((directories) =>
    absoluteIncludes(evaluation, directories),
  );
  const system = row.includeType === 'system';
  return {
    name: row.name,
    type: row.type,
    language: row.language,
    compileArgs: [
      ...compileArgsOf(row),
      ...folders.flatMap((folder) => family.compile.include(folder, { system })),
    ],
    linkArgs: row.linkArgs,
  };
}

function dependencyText(
  call: Call,
  rows: readonly Dependency[],
  { compileOnly = false, end = ':' }: Omit<CheckRequest, 'keywords'>,
): string {
  if (rows.some(({ kind }) => kind === 'internal'))
    call.uses('compiler method "dependencies" kwarg with internal dep', '0.57.0');
  const names = rows
    .filter(({ kind, type }) => kind !== 'internal' && !(compileOnly && type === 'library'))
    .map(({ type, name }) => (type === 'library' ? `-l${name}` : name));
  if (names.length === 0) return end;
  return `with ${names.length > 1 ? 'dependencies' : 'dependency'} ${names.join(', ')}${end}`;
}

function includeFolders(
  { evaluation, scope }: Call,
  given: readonly (string | IncludeDirectoriesObject)[],
): readonly string[] {
  return given.flatMap((item) =>
    absoluteIncludes(
      evaluation,
      typeof item === 'string'
        ? {
            paths: [normalPath(joinPath(scope.subdir, item))],
            system: false,
            sourceOnly: false,
            buildPaths: [],
          }
        : item.directories,
    ),
  );
}
