import type { FileRef } from '../../../model/file.ts';
import type { Language } from '../../../model/toolchain.ts';
import { sourceKind } from '../../../toolchains/languages.ts';
import type { Call } from '../../call.ts';
import { absolutePath, joinPath, sourceFileAt } from '../../paths.ts';

/** `c_pch` and `cpp_pch`: the header first, then its source where there is one. */
export function precompiledHeaders(
  call: Call,
  keywords: { readonly c_pch: readonly string[]; readonly cpp_pch: readonly string[] },
): ReadonlyMap<Language, readonly FileRef[]> {
  const { evaluation, scope } = call;
  const given: readonly (readonly [Language, readonly string[]])[] = [
    ['c', headerFirst(keywords.c_pch)],
    ['cpp', headerFirst(keywords.cpp_pch)],
  ];
  const missing = given
    .flatMap(([, paths]) => paths)
    .filter((path) => {
      const file = sourceFileAt(evaluation, scope, path);
      return !evaluation.host.files.isFile(absolutePath(evaluation, file));
    });
  if (missing.length > 0) {
    const names = missing.map((path) => joinPath(scope.subdir, path));
    call.fail(`The following PCH files do not exist: ${names.join(', ')}`);
  }
  return new Map(
    given
      .filter(([, paths]) => paths.length > 0)
      .map(([language, paths]) => [
        language,
        paths.map((path) => sourceFileAt(evaluation, scope, path)),
      ]),
  );
}

function headerFirst(paths: readonly string[]): readonly string[] {
  const rank = (path: string): number => (sourceKind(path).kind === 'header' ? 0 : 1);
  return paths.toSorted((a, b) => rank(a) - rank(b));
}
