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
