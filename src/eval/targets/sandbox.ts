import { posix } from 'node:path';
import { pythonRepr } from '../../base/python-repr.ts';
import type { Call } from '../call.ts';
import { absolutePath, joinPath, normalPath } from '../paths.ts';

/** What is wrong with a path that a build file wrote as a string. */
export type PathFault =
  | { readonly kind: 'built'; readonly message: string }
  | { readonly kind: 'outside'; readonly message: string };

/**
 * A project speaks only of its own files: not of other projects', not of built ones by name. Files
 * outside of the whole source tree are nobody's, and allowed.
 */
export function pathFault(call: Call, path: string): PathFault | undefined {
  const { evaluation, scope } = call;
  const { sourceRoot, buildRoot } = evaluation;
  const absolute = normalPath(joinPath(sourceRoot, scope.subdir, path));
  if (isWithin(buildRoot, absolute)) {
    if (scope.namesBuilt === true) return undefined;
    return {
      kind: 'built',
      message: `${pythonRepr(path)} is a generated file, and should be passed by reference instead of string name. This will become a hard error in Meson 2.0`,
    };
  }
  if (!isWithin(sourceRoot, absolute)) return undefined;
  const root = normalPath(joinPath(sourceRoot, scope.rootDir));
  const where = !isWithin(root, absolute)
    ? 'outside current (sub)project'
    : isWithin(joinPath(root, evaluation.subprojectDir), absolute)
      ? 'a nested subproject'
      : undefined;
  if (where === undefined || isInstalled(call, path)) return undefined;
  const kind = evaluation.host.files.isDirectory(absolute) ? 'directory' : 'file';
  return {
    kind: 'outside',
    message: `Sandbox violation: Tried to grab ${kind} ${posix.basename(absolute)} from ${where}.`,
  };
}

/** Whether a path is a folder, or lies below it; both are normal. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Files that are going to be installed may be used by others: `dep.get_variable('pkgdatadir')` leads there. */
function isInstalled({ evaluation }: Call, path: string): boolean {
  if (!path.startsWith('/') || path.includes('/../')) return false;
  return evaluation.tables.installs.some((install) => {
    switch (install.kind) {
      case 'data':
        return install.files.some((file) => absolutePath(evaluation, file) === path);
      case 'subdir':
        return path.startsWith(absolutePath(evaluation, install.from));
      default:
        return false;
    }
  });
}
