import { pathBelow } from '../base/path-below.ts';
import type { FileRef } from '../model/file.ts';
import type { Evaluation } from './evaluation.ts';
import { joinPath, normalPath } from './join-path.ts';
import type { ProjectScope } from './project-scope.ts';

export { joinPath, normalPath };

/** Where a file lies on disk. */
export function absolutePath(
  { sourceRoot, buildRoot }: Pick<Evaluation, 'sourceRoot' | 'buildRoot'>,
  file: FileRef,
): string {
  return normalPath(joinPath(file.tree === 'source' ? sourceRoot : buildRoot, file.path));
}

/** The folder of the build file being read, absolute. */
export function currentSourceDir(
  { sourceRoot }: Pick<Evaluation, 'sourceRoot'>,
  scope: ProjectScope,
): string {
  return normalPath(joinPath(sourceRoot, scope.subdir));
}

/** The file of a path as a build file writes it: relative to its folder, or absolute. */
export function sourceFileAt(
  { sourceRoot }: Pick<Evaluation, 'sourceRoot'>,
  scope: ProjectScope,
  path: string,
): FileRef {
  const written = joinPath(scope.subdir, path);
  const normal = normalPath(written);
  const inside = pathBelow(sourceRoot, normal) ?? normal;
  const spelled = normal !== written && !written.startsWith('/') ? { spelled: written } : {};
  return { tree: 'source', path: inside, ...spelled };
}
