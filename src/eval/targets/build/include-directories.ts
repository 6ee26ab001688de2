import type { IncludeDirectories } from '../../../model/file.ts';
import type { Call } from '../../call.ts';
import { joinPath, normalPath } from '../../paths.ts';
import type { IncludeValue } from '../keywords/common.ts';
import { missingFolderHint } from '../missing-file-hint.ts';
import { isWithin, pathFault } from '../sandbox.ts';

/** `include_directories` keywords: strings count as if `include_directories()` had been called. */
export function includesOf(
  call: Call,
  values: readonly IncludeValue[],
): readonly IncludeDirectories[] {
  return values.map((value) =>
    typeof value === 'string' ? directoriesAt(call, [value]) : value.directories,
  );
}

/** Directories of this project, checked to be there in the source or the build tree. */
export function directoriesAt(
  call: Call,
  paths: readonly string[],
  { system = false }: { readonly system?: boolean } = {},
): IncludeDirectories {
  const { scope } = call;
  for (const path of paths) checkDirectory(call, path);
  const sourceDirs = paths.map((path) => normalPath(joinPath(scope.subdir, path)));
  // A project that is not built where it lies has its generated headers elsewhere.
  const apart = scope.subdir !== scope.buildSubdir;
  const configured = apart ? [] : sourceDirs.filter((path) => isConfigured(call, path));
  return {
    paths: sourceDirs,
    system,
    sourceOnly: apart,
    ...(configured.length === 0 ? {} : { configured }),
    buildPaths: apart
      ? paths
          .filter((path) => !path.startsWith('/'))
          .map((path) => normalPath(joinPath(scope.buildSubdir, path)))
      : [],
  };
}

/** Another tool made it, and what lies in it: CMake, or a command that was run. */
function isConfigured({ evaluation }: Call, path: string): boolean {
  const { host, sourceRoot, buildRoot } = evaluation;
  if (path.startsWith('/')) return false;
  const inside = (root: string): boolean => host.files.isDirectory(joinPath(root, path));
  return !inside(sourceRoot) && inside(buildRoot);
}

function checkDirectory(call: Call, path: string): void {
  const { evaluation, scope } = call;
  const { sourceRoot, buildRoot, host } = evaluation;
  const intoSource = path.startsWith('/') && isWithin(sourceRoot, path);
  if (intoSource && !isWithin(buildRoot, path)) call.fail(absoluteMessage);
  if (pathFault(call, path) !== undefined) call.warn('include_directories sandbox violation!');
  const inSource = normalPath(joinPath(sourceRoot, scope.subdir, path));
  const inBuild = normalPath(joinPath(buildRoot, scope.buildSubdir, path));
  const { files } = host;
  if (files.isDirectory(inSource) || files.isDirectory(inBuild)) return;
  const hint = missingFolderHint(files, inSource, () => true);
  call.fail(`Include dir ${path} does not exist.`, hint === undefined ? {} : { hint });
}

const absoluteMessage = `Tried to form an absolute path to a dir in the source tree.
You should not do that but use relative paths instead, for
directories that are part of your project.

To get include path to any directory relative to the current dir do

incdir = include_directories(dirname)

After this incdir will contain both the current source dir as well as the
corresponding build dir. It can then be used in any subdirectory and
Meson will take care of all the busywork to make paths work.

Dirname can even be '.' to mark the current directory. Though you should
remember that the current source and build directories are always
put in the include directories by default so you only need to do
include_directories('.') if you intend to use the result in a
different subdirectory.

Note that this error message can also be triggered by
external dependencies being installed within your source
tree - it's not recommended to do this.
`;
