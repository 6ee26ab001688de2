import { startGetDefine } from '../../toolchains/checks/defines.ts';
import { startHasFunction } from '../../toolchains/checks/functions.ts';
import { startHasHeader } from '../../toolchains/checks/headers.ts';
import { type LibraryType, startFindLibrary } from '../../toolchains/checks/libraries.ts';
import type { Checker, ProbeDependency } from '../../toolchains/checks/probe.ts';
import { startLinks } from '../../toolchains/checks/sources.ts';
import {
  checkerFor,
  type DependencyContext,
  type DependencyRequest,
  isStatic,
} from '../context.ts';

/** The questions that dependencies ask a compiler, answered at once. */
export interface Compiler {
  readonly checker: Checker;
  readonly hasHeader: (header: string, dependency?: ProbeDependency) => boolean;
  readonly hasFunction: (name: string, prefix: string) => boolean;
  readonly links: (code: string, args?: readonly string[]) => boolean;
  readonly library: (
    name: string,
    type?: LibraryType,
    folders?: readonly string[],
  ) => readonly string[] | undefined;
  /** A macro's value without quotes; undefined when there is none. */
  readonly define: (
    name: string,
    prefix: string,
    dependency?: ProbeDependency,
  ) => string | undefined;
}

/**
 * The compiler of a language, else of the first that finds C's libraries; undefined where there is
 * none.
 */
export function compilerFor(context: DependencyContext, language?: string): Compiler | undefined {
  const checker = checkerFor(context, language);
  if (checker === undefined) return undefined;
  const needing = (dependency: ProbeDependency | undefined) =>
    dependency === undefined ? {} : { dependencies: [dependency] };
  return {
    checker,
    hasHeader: (header, dependency) =>
      startHasHeader(checker, header, needing(dependency)).finish().value,
    hasFunction: (name, prefix) => startHasFunction(checker, name, { prefix }).finish().value,
    links: (code, args = []) =>
      startLinks(checker, { kind: 'code', code }, { args: () => args }).finish().value,
    library: (name, type = 'prefer-shared', folders = []) =>
      startFindLibrary(checker, { name, type, folders }).finish(),
    define: (name, prefix, dependency) => {
      const answer = startGetDefine(checker, name, { prefix, ...needing(dependency) }).finish();
      return answer.ok ? answer.value.value?.replaceAll('"', '') : undefined;
    },
  };
}

/** The kind of library a dependency wants: static alone, or whatever is there. */
export function libraryTypeOf(context: DependencyContext, request: DependencyRequest): LibraryType {
  return isStatic(context, request) ? 'static' : 'prefer-shared';
}
