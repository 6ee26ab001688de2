import { posix } from 'node:path';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { quoteWord } from '../../base/shell-words.ts';
import { packageNameIn, workspaceRootOf } from '../../cargo/units/packages/load-workspace.ts';
import { realPath } from '../../host/real-path.ts';
import { isConfigured, privateFolder, sourceRootOf } from '../../store/setup/setup-state.ts';
import type { Session } from '../session.ts';

/** Where a command works. */
export type BuildDirectory = {
  /** The package of a Cargo workspace in whose folder we are; absent at the root and where nobody is to ask. */
  readonly member?: string;
} & (
  | {
      readonly kind: 'configured';
      readonly buildRoot: string;
      /** Nobody said this name: it is the project's only build directory. */
      readonly otherName?: string;
    }
  /** In a source directory that has no build directory yet. */
  | { readonly kind: 'to-set-up'; readonly sourceRoot: string; readonly buildRoot: string }
);

/**
 * The build directory that `-C` names, or the one we are in, or `build` of the project we are in; where that
 * is not there, the only one that was set up there. A folder of the project's own that has this name is left
 * alone: another name is taken then, by the launcher too.
 */
export function findBuildDirectory(
  { host }: Pick<Session, 'host'>,
  given: string | undefined,
): Result<BuildDirectory, string> {
  const { files, system } = host;
  const here = realPath(host.files, posix.resolve(system.workingDirectory, given ?? '.'));
  if (isConfigured(files, here)) return ok({ kind: 'configured', buildRoot: here });
  if (given === undefined) {
    const inside = enclosing(files, here);
    if (inside !== undefined) return ok({ kind: 'configured', buildRoot: inside });
  }
  const project = projectAround(files, here);
  if (project !== undefined) {
    const { sourceRoot, ...member } = project;
    const name = buildNames.find((each) => isFree(files, `${sourceRoot}/${each}`));
    if (name === undefined) return err(noneFree(sourceRoot));
    const buildRoot = `${sourceRoot}/${name}`;
    if (here !== buildRoot && !isFolderOfSources(files, here, given))
      return err(notOne(here) + whatToDo(files, here, sourceRoot));
    if (isConfigured(files, buildRoot)) return ok({ kind: 'configured', buildRoot, ...member });
    // Who says `build` means no other one.
    const said = given !== undefined && here === buildRoot;
    const others = said || wasSetUp(files, buildRoot) ? [] : otherBuilds(files, sourceRoot);
    if (others.length > 1) return err(severalOf(sourceRoot, others));
    const [only] = others;
    if (only !== undefined)
      return ok({
        kind: 'configured',
        buildRoot: `${sourceRoot}/${only}`,
        otherName: only,
        ...member,
      });
    return ok({ kind: 'to-set-up', sourceRoot, buildRoot, ...member });
  }
  const entries = files.list(here);
  if (!entries.ok && entries.error.kind === 'denied')
    return err(`\`${here}\` may not be read: ${entries.error.reason}.`);
  const hint = files.isFile(`${here}/meson.build`)
    ? ''
    : '\nIt is no project either: `kaon init` starts one.';
  return err(
    `${notOne(here)}Please specify a valid build dir or change the working directory to it.${hint}`,
  );
}

/** A folder as the build directory of the project that we are in, or that `from` is in. */
export function buildDirectoryAt(
  { host }: Pick<Session, 'host'>,
  said: string,
  from = '.',
): Result<BuildDirectory, string> {
  const { files, system } = host;
  const project = projectAround(
    files,
    realPath(host.files, posix.resolve(system.workingDirectory, from)),
  );
  const buildRoot = realPath(host.files, posix.resolve(system.workingDirectory, said));
  if (project === undefined) return err(`There is no project here to build in ${buildRoot}.`);
  const { sourceRoot, ...member } = project;
  if (!isConfigured(files, buildRoot)) {
    if (`${sourceRoot}/`.startsWith(posix.join(buildRoot, '/')))
      return err(`${buildRoot} holds the project: it is no build directory.`);
    return ok({ kind: 'to-set-up', sourceRoot, buildRoot, ...member });
  }
  const other = sourceRootOf(files, buildRoot);
  if (other !== undefined && other !== sourceRoot)
    return err(`${buildRoot} is a build directory of ${other}: name another one.`);
  return ok({ kind: 'configured', buildRoot, ...member });
}

/** What a build directory is called that nobody named; bin/kaon has this list too. */
const buildNames = ['build', 'builddir'] as const;

/** Why the build directory has another name than people expect; undefined where it has that. */
export function whyOtherName(directory: BuildDirectory): string | undefined {
  if (directory.kind === 'configured' && directory.otherName !== undefined)
    return `The build directory is \`${directory.otherName}\`.`;
  const name = posix.basename(directory.buildRoot);
  if (directory.kind === 'configured' || name === buildNames[0]) return undefined;
  return `\`${buildNames[0]}\` is a folder of the project's own: the build directory is \`${name}\`.`;
}

/** Whether a build directory is there or may be: what a setup that failed has left is ours too. */
function isFree(files: Session['host']['files'], path: string): boolean {
  return files.lstat(path) === undefined || wasSetUp(files, path) || isEmpty(files, path);
}

/** Folders of a project that we set up for it. */
function otherBuilds(files: Session['host']['files'], sourceRoot: string): readonly string[] {
  const entries = files.list(sourceRoot);
  if (!entries.ok) return [];
  return entries.value.filter((name) => {
    const path = `${sourceRoot}/${name}`;
    return isConfigured(files, path) && sourceRootOf(files, path) === sourceRoot;
  });
}

function severalOf(sourceRoot: string, names: readonly string[]): string {
  const list = names.map((name) => `\`${name}\``).join(', ');
  return `${sourceRoot} has several build directories: ${list}.\nName one: \`-C ${names[0]}\`.`;
}

/** Of a folder, or what was taken for one, that is no build directory of a project. */
function whatToDo(files: Session['host']['files'], path: string, sourceRoot: string): string {
  const near = nearest(posix.basename(path), otherBuilds(files, sourceRoot));
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  return files.exists(path) && !files.isDirectory(path)
    ? 'It is no folder.'
    : `Run \`kaon setup ${quoteWord(path)}\` first.`;
}

function notOne(folder: string): string {
  return `Current directory is not a meson build directory: \`${folder}\`.\n`;
}

/** Whether a folder may be one to work in on the project around it; one that someone names holds something. */
function isFolderOfSources(
  files: Session['host']['files'],
  folder: string,
  given: string | undefined,
): boolean {
  if (!files.isDirectory(folder) || wasSetUp(files, folder)) return false;
  return given === undefined || !isEmpty(files, folder);
}

function isEmpty(files: Session['host']['files'], folder: string): boolean {
  const entries = files.list(folder);
  return entries.ok && entries.value.length === 0;
}

/** Whether a setup worked there once, even if it failed, or someone removed what it keeps. */
function wasSetUp(files: Session['host']['files'], path: string): boolean {
  return [privateFolder, 'meson-info'].some((name) => files.isDirectory(`${path}/${name}`));
}

function noneFree(sourceRoot: string): string {
  const names = buildNames.map((name) => `\`${name}\``).join(' and ');
  return (
    `${names} of ${sourceRoot} are no build directories.\n` +
    'Name another one: `kaon setup DIRECTORY`, then `kaon -C DIRECTORY`.'
  );
}

function enclosing(files: Session['host']['files'], folder: string): string | undefined {
  for (let at = folder; at !== '/'; at = posix.dirname(at)) {
    if (isConfigured(files, at)) return at;
  }
  return undefined;
}

interface Project {
  readonly sourceRoot: string;
  readonly member?: string;
}

/**
 * The outermost folder of those above, without a gap, that have a build file; it starts the project. One
 * may be deeper in it, in a folder without.
 */
function projectAround(files: Session['host']['files'], folder: string): Project | undefined {
  let first = folder;
  while (first !== '/' && !files.isFile(`${first}/meson.build`)) first = posix.dirname(first);
  let root: string | undefined;
  for (let at = first; files.isFile(`${at}/meson.build`); at = posix.dirname(at)) root = at;
  return root === undefined ? cargoProject(files, folder) : { sourceRoot: root };
}

/** Where no build file is: the Cargo workspace that one is in. */
function cargoProject(files: Session['host']['files'], folder: string): Project | undefined {
  for (let at = folder; at !== '/'; at = posix.dirname(at)) {
    if (!files.isFile(`${at}/Cargo.toml`)) continue;
    const sourceRoot = workspaceRootOf(files, at);
    const member = sourceRoot === at ? undefined : packageNameIn(files, at);
    if (sourceRoot === undefined) return undefined;
    return { sourceRoot, ...(member !== undefined && { member }) };
  }
  return undefined;
}
