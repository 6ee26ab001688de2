import { normalize } from 'node:path/posix';
import type { Family } from '../../../toolchains/rules.ts';
import type { PlanContext } from '../../context.ts';
import { inSource } from '../../paths.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';

/** What D's keywords of a target, and those of its dependencies, become. */
export function featureArgs(
  context: PlanContext,
  { target, d }: ResolvedTarget,
  { compile }: Family,
): readonly string[] {
  if (compile.features === undefined) return [];
  const { unittest = false, debug = [] } = target.d ?? {};
  const importFolders = d.importDirectories.flatMap(({ paths, buildPaths, sourceOnly }) => [
    ...paths.flatMap((path) => {
      const inTree = normalize(inSource(context.paths, path));
      // Files that are generated are taken in as well.
      return sourceOnly ? [inTree] : [normalize(path), inTree];
    }),
    ...buildPaths.map((path) => normalize(path)),
  ]);
  return compile.features({ unittest, debug, versions: d.versions, importFolders });
}
