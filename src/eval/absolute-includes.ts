import type { IncludeDirectories } from '../model/file.ts';
import type { Evaluation } from './evaluation.ts';
import { joinPath, normalPath } from './paths.ts';

/** Include folders as tools take them that run anywhere: of the source tree, and of the build tree. */
export function absoluteIncludes(
  { sourceRoot, buildRoot }: Pick<Evaluation, 'sourceRoot' | 'buildRoot'>,
  { paths, sourceOnly, buildPaths }: IncludeDirectories,
): readonly string[] {
  return [
    ...paths.flatMap((path) => [
      normalPath(joinPath(sourceRoot, path)),
      ...(sourceOnly || path.startsWith('/') ? [] : [normalPath(joinPath(buildRoot, path))]),
    ]),
    ...buildPaths.map((path) => normalPath(joinPath(buildRoot, path))),
  ];
}

/** The same of several, as words for a tool. */
export function includeArgs(
  evaluation: Pick<Evaluation, 'sourceRoot' | 'buildRoot'>,
  groups: readonly IncludeDirectories[],
  prefix = '-I',
): readonly string[] {
  return groups.flatMap((one) => absoluteIncludes(evaluation, one).map((path) => prefix + path));
}
