import { posix } from 'node:path';
import { pythonRepr } from '../../base/python-repr.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { quoteWord } from '../../base/shell-words.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Files, Host } from '../../host/host.ts';
import { realPath } from '../../host/real-path.ts';
import { isConfigured, loadSetup } from '../../store/setup/setup-state.ts';

export interface Directories {
  /** Absolute, links resolved. */
  readonly sourceRoot: string;
  readonly buildRoot: string;
}

type FilesAndSystem = Pick<Host, 'files' | 'system'>;

/** The directories of `kaon setup` as they were given; each may be left out. */
type Given = readonly [first: string | undefined, second: string | undefined];

/**
 * Which of two directories of `kaon setup` is the source, and which the build directory: the one
 * with a build file is the source, whatever their order. Of a build directory alone the source is the one it
 * was set up for. The build directory is made.
 */
export function setupDirectories(
  host: FilesAndSystem,
  ...given: Given
): Result<Directories, Diagnostic> {
  const { files } = host;
  const both = bothDirectories(host, given);
  if (!both.ok) return both;
  const fault = faultOf(files, both.value, given);
  if (fault !== undefined) return err(fault);
  const [one, two] = both.value;
  const [sourceRoot, buildRoot] = hasBuildFile(files, one) ? [one, two] : [two, one];
  if (sourceRoot.startsWith(`${buildRoot}/`)) {
    const what = `Build directory ${buildRoot}`;
    return err(plainError(`${what} cannot be a parent of source directory ${sourceRoot}`));
  }
  const made = files.makeDirectory(buildRoot);
  if (!made.ok) {
    const name = buildRoot === one ? given[0] : given[1];
    return err(plainError(`${name ?? buildRoot}: ${made.error.reason}`));
  }
  return ok({ sourceRoot, buildRoot: realPath(files, buildRoot) });
}

type Both = readonly [one: string, two: string];

/** The two directories, absolute and with links resolved: where one is left out, the one that is meant. */
function bothDirectories(
  { files, system }: FilesAndSystem,
  [first, second]: Given,
): Result<Both, Diagnostic> {
  const here = system.workingDirectory;
  const isHere = hasBuildFile(files, here);
  if (first === undefined && second === undefined) {
    if (isHere || !hasBuildFile(files, posix.dirname(here))) return err(noneNamed);
    return ok([realPath(files, here), realPath(files, posix.dirname(here))]);
  }
  const one = realPath(files, posix.resolve(here, first ?? '.'));
  if (second === undefined && isConfigured(files, one) && !isHere) {
    const state = loadSetup(files, one);
    const source = state.ok ? state.value.sourceRoot : state.error.sourceRoot;
    if (source !== undefined) {
      if (!hasBuildFile(files, source)) return err(sourcesGone(source, one));
      return ok([one, realPath(files, source)]);
    }
  }
  return ok([one, realPath(files, posix.resolve(here, second ?? '.'))]);
}

const noneNamed = plainError(
  'Must specify at least one directory name.',
  'Name the folder to build in: kaon setup build. kaon alone chooses one, sets up and builds.',
);

/** Why two directories are not the sources and a folder to build them in. */
function faultOf(files: Files, [one, two]: Both, [first, second]: Given): Diagnostic | undefined {
  const neither = `Neither directory ${shown(first)} nor directory ${shown(second)}`;
  if (!files.exists(one) && !files.exists(two)) return plainError(`${neither} exist.`);
  const isOther = (path: string): boolean => files.exists(path) && !files.isDirectory(path);
  if (isOther(one)) return plainError(`${first ?? one} is not a directory`);
  if (isOther(two)) return plainError(`${second ?? two} is not a directory`);
  if (one === two)
    return plainError(
      'Source and build directories must not be the same. Create a pristine build directory.',
    );
  const [isOne, isTwo] = [hasBuildFile(files, one), hasBuildFile(files, two)];
  if (isOne && isTwo) return plainError('Both directories contain a build file meson.build.');
  if (isOne || isTwo) return undefined;
  const hint = 'Call it in the folder of the project; `kaon init` starts one.';
  return plainError(`${neither} contain a build file meson.build.`, hint);
}

function hasBuildFile(files: Files, folder: string): boolean {
  return files.exists(`${folder}/meson.build`) || files.isFile(`${folder}/Cargo.toml`);
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
