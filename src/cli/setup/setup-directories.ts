import { posix } from 'node:path';
import { pythonRepr } from '../../base/python-repr.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { quoteWord } from '../../base/shell-words.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Host } from '../../host/host.ts';
import { realPath } from '../../host/real-path.ts';
import { isConfigured, loadSetup } from '../../store/setup/setup-state.ts';

export interface Directories {
  /** Absolute, links resolved. */
  readonly sourceRoot: string;
  readonly buildRoot: string;
}

/**
 * Which of two directories of `kaon setup` is the source, and which the build directory: the one
 * with a build file is the source, whatever their order. Of a build directory alone the source is the one it
 * was set up for. The build directory is made.
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
  if (two === undefined && isConfigured(files, one) && !hasBuildFile(here)) {
    const state = loadSetup(files, one);
    two = state.ok ? state.value.sourceRoot : state.error.sourceRoot;
    if (two !== undefined && !hasBuildFile(two)) return err(sourcesGone(two, one));
  }
  two = realPath(files, posix.resolve(here, two ?? '.'));
  if (!files.exists(one) && !files.exists(two)) return err(plainError(`${neither} exist.`));
  for (const [path, given] of [
    [one, first],
    [two, second],
  ] as const) {
    if (files.exists(path) && !files.isDirectory(path))
      return err(plainError(`${given ?? path} is not a directory`));
  }
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
    const hint = 'Call it in the folder of the project; `kaon init` starts one.';
    return err(plainError(`${neither} contain a build file meson.build.`, hint));
  }
  const [sourceRoot, buildRoot] = hasBuildFile(one) ? [one, two] : [two, one];
  if (sourceRoot.startsWith(`${buildRoot}/`)) {
    const what = `Build directory ${buildRoot}`;
    return err(plainError(`${what} cannot be a parent of source directory ${sourceRoot}`));
  }
  const made = files.makeDirectory(buildRoot);
  if (!made.ok) {
    const given = buildRoot === one ? first : second;
    return err(plainError(`${given ?? buildRoot}: ${made.error.reason}`));
  }
  return ok({ sourceRoot, buildRoot: realPath(files, buildRoot) });
}

/** The sources of a build directory are no more where they were. */
export function sourcesGone(sourceRoot: string, buildRoot: string): Diagnostic {
  return plainError(
    `Missing Meson file in ${sourceRoot}/meson.build`,
    `${buildRoot} was set up for these sources. If they moved: kaon setup --reconfigure ${quoteWord(buildRoot)} DIRECTORY`,
  );
}

/** As Python shows what was not given. */
function shown(name: string | undefined): string {
  return name === undefined ? 'None' : pythonRepr(name);
}
