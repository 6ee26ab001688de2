import { dirname, isAbsolute, join, normalize, relative } from 'node:path/posix';
import type { IncludeDirectories } from '../../model/file.ts';
import { type BuildTarget, flatFolder } from '../../model/target.ts';
import type { Family } from '../../toolchains/rules.ts';
import { findOption, type PlanContext } from '../context.ts';
import { inSource } from '../paths.ts';
import type { ResolvedTarget } from '../resolved-target.ts';

/** `include_directories()` as arguments, in the order written. */
export function includeArgs(
  context: PlanContext,
  family: Family,
  dirs: IncludeDirectories,
): readonly string[] {
  return includeAdditions(context, family, dirs).toReversed().flat();
}

/**
 * The same as additions to an argument list, the last directory first: `-I` goes to the front, so
 * that the first ends up first; `-isystem` does not, and the last written wins, as in Meson.
 */
export function includeAdditions(
  context: PlanContext,
  family: Family,
  dirs: IncludeDirectories,
): readonly (readonly string[])[] {
  const { include } = family.compile;
  const additions: (readonly string[])[] = [];
  for (const path of dirs.paths.toReversed()) {
    additions.push(include(inSource(context.paths, path), dirs));
    const built = normalize(path);
    const isThere = context.hasBuildFolder(built) || dirs.configured?.includes(path);
    if (!dirs.sourceOnly && !isAbsolute(built) && isThere === true)
      additions.push(include(built, dirs));
  }
  for (const path of dirs.buildPaths) additions.push(include(path, dirs));
  return additions;
}

/** Folders of custom targets among the sources: their headers are found without being asked for. */
export function customTargetFolders(
  context: PlanContext,
  resolved: ResolvedTarget,
): readonly string[] {
  const folders = new Set<string>();
  for (const item of resolved.generated) {
    if (item.kind !== 'output') continue;
    const target = context.model.targets.get(item.target);
    // What is preprocessed lies in a folder of its own, which nobody asked to have looked into.
    const isPreprocessed = target.kind === 'custom' && target.preprocessing !== undefined;
    folders.add((isPreprocessed ? dirname(target.buildSubdir) : target.buildSubdir) || '.');
  }
  return [...folders];
}

/** The folder of the build file that declares a target, as commands name it. */
export function ownSourceFolder(context: PlanContext, target: BuildTarget): string {
  return inSource(context.paths, target.subdir);
}

/** Where files configured beside the target's build file lie; outputs lie elsewhere in a flat layout. */
export function ownBuildFolder(context: PlanContext, target: BuildTarget): string {
  const { subdir, buildSubdir } = target;
  if (findOption(context, { name: 'layout' }) !== 'flat') return buildSubdir || '.';
  return join(subdir, relative(flatFolder, buildSubdir));
}
