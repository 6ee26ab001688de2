import { posix } from 'node:path';
import { pythonRepr } from '../../base/python-repr.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Host } from '../../host/host.ts';
import { realPath } from '../../host/real-path.ts';

export interface Directories {
  /** Absolute, links resolved. */
  readonly sourceRoot: string;
  readonly buildRoot: string;
}

/**
 * Which of two directories of `kaon setup` is the source, and which the build directory: the one
 * with a build file is the source, whatever their order. The build directory is made.
 */
export function setupDirectories(
  { files, system }: Pick<Host, 'files' | 'system'>,
  first: string | undefined,
  second: string | undefined,
): Result<Directories, Diagnostic> {
  const here = system.workingDirectory;
  const hasBuildFile = (folder: string): boolean =>
    files.exists(`${folder}/meson.build`) || files.isFile(`${folder}/Cargo.toml`);
  let [one, two] = [first, second];
  if (one === undefined && two === undefined) {
    if (hasBuildFile(here) || !hasBuildFile(posix.dirname(here))) {
      return err(
        plainError(
          'Must specify at least one directory name.',
          'Name the folder to build in: kaon setup build. kaon alone chooses one, sets up and builds.',
        ),
      );
    }
    two = '..';
  }
  const neither = `Neither directory ${shown(first)} nor directory ${shown(second)}`;
  one = realPath(files, posix.resolve(here, one ?? '.'));
  two = realPath(files, posix.resolve(here, two ?? '.'));
  if (!files.exists(one) && !files.exists(two)) return err(plainError(`${neither} exist.`));
  for (const [path, given] of [
    [one, first],
    [two, second],
  ] as const) {
    if (files.isDirectory(path)) continue;
    const made = files.exists(path) ? undefined : files.makeDirectory(path);
    if (made === undefined) return err(plainError(`${given ?? path} is not a directory`));
    if (!made.ok) return err(plainError(`${given ?? path}: ${made.error.reason}`));
  }
  one = realPath(files, one);
  two = realPath(files, two);
  if (one === two) {
    return err(
      plainError(
        'Source and build directories must not be the same. Create a pristine build directory.',
      ),
    );
  }
  if (hasBuildFile(one) && hasBuildFile(two)) {
    return err(plainError('Both directories contain a build file meson.build.'));
  }
  if (!hasBuildFile(one) && !hasBuildFile(two)) {
    return err(plainError(`${neither} contain a build file meson.build.`));
  }
  const [sourceRoot, buildRoot] = hasBuildFile(one) ? [one, two] : [two, one];
  if (sourceRoot.startsWith(`${buildRoot}/`)) {
    const what = `Build directory ${buildRoot}`;
    return err(plainError(`${what} cannot be a parent of source directory ${sourceRoot}`));
  }
  return ok({ sourceRoot, buildRoot });
}

/** As Python shows what was not given. */
function shown(name: string | undefined): string {
  return name === undefined ? 'None' : pythonRepr(name);
}
