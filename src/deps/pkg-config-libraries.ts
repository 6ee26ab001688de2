import { posix } from 'node:path';
import { startFindLibrary } from '../toolchains/checks/libraries.ts';
import type { Checker } from '../toolchains/checks/probe.ts';
import type { DependencyContext } from './context.ts';

/** What pkg-config said, and who looks for the libraries. */
export interface ToldLibraries {
  readonly name: string;
  /** With system folders (`PKG_CONFIG_ALLOW_SYSTEM_LIBS`). */
  readonly libs: readonly string[];
  /** Without them. */
  readonly rawLibs: readonly string[];
  readonly isStatic: boolean;
  readonly checker: Checker | undefined;
}

/**
 * Libraries as files: whole paths choose static or shared, tell where run-time paths must point,
 * and merge well. What is not found stays `-l`, with its `-L`.
 */
export function resolveLibraries(
  context: DependencyContext,
  told: ToldLibraries,
): readonly string[] {
  const { libs, checker, isStatic, name } = told;
  const prefixFolders = sortedByReference(
    unique(told.rawLibs.filter(isFolderArg).map((arg) => fromBuildRoot(context, arg.slice(2)))),
    listOption(context, 'pkg_config_path'),
  );
  const systemFolders = unique(libs.filter(isFolderArg).map((arg) => arg.slice(2))).filter(
    (folder) => !prefixFolders.includes(folder),
  );
  const folders = [...prefixFolders, ...systemFolders].map((folder) =>
    folder.replace(/(?<=.)\/+$/, ''),
  );
  const type = isStatic ? 'static' : 'prefer-shared';
  const named = (library: string) =>
    checker && startFindLibrary(checker, { name: library, folders, type, trust: true }).finish();
  const done = new Set<string>();
  const missing = new Set<string>();
  const args: string[] = [];
  for (const arg of libs) {
    if (isFolderArg(arg)) continue;
    if (!arg.startsWith('-l')) {
      args.push(arg.endsWith('.la') ? libtoolLibrary(context, arg) : arg);
      continue;
    }
    if (done.has(arg) || missing.has(arg)) continue;
    const paths = arg.startsWith('-l:')
      ? namedFile(context, arg.slice(3), folders)
      : named(arg.slice(2));
    if (paths === undefined) {
      missing.add(arg);
      if (arg.startsWith('-l:')) warnMissing(context, arg.slice(3), name);
      else if (isStatic) warnNotStatic(context, arg.slice(2), name);
      args.push(arg);
    } else {
      done.add(arg);
      args.push(...(paths[0]?.startsWith('-l') ? [arg] : paths));
    }
  }
  return missing.size === 0 ? args : [...prefixFolders.map((folder) => `-L${folder}`), ...args];
}

/** As the compiler sees it, who runs in the build directory; spelled as the package spells it. */
function fromBuildRoot({ buildRoot }: DependencyContext, folder: string): string {
  return posix.isAbsolute(folder) ? folder : posix.resolve(buildRoot, folder);
}

/** `-L-l…` are words for D's compilers. */
function isFolderArg(arg: string): boolean {
  return arg.startsWith('-L') && !arg.startsWith('-L-l') && !arg.startsWith('-L-L');
}

function namedFile(
  { host }: DependencyContext,
  file: string,
  folders: readonly string[],
): readonly string[] | undefined {
  const folder = folders.find((path) => host.files.exists(`${path}/${file}`));
  return folder === undefined ? undefined : [`${folder}/${file}`];
}

function warnMissing(context: DependencyContext, file: string, name: string): void {
  context.warn(
    `Library '${file}' not found for dependency '${name}', may not be successfully linked`,
  );
}

function warnNotStatic(context: DependencyContext, library: string, name: string): void {
  context.warn(
    `Static library '${library}' not found for dependency '${name}', may not be statically linked`,
  );
}

/** The shared library that a libtool archive speaks of. */
function libtoolLibrary({ host }: DependencyContext, archive: string): string {
  const text = host.files.readText(archive);
  const name = text.ok ? /^dlname='(.*)'$/m.exec(text.value)?.[1] : undefined;
  if (name === undefined || name === '') return archive;
  const folder = posix.dirname(archive);
  const paths = [`${folder}/${posix.basename(name)}`, `${folder}/.libs/${posix.basename(name)}`];
  return paths.find((path) => host.files.exists(path)) ?? archive;
}

/** Folders in the order of `pkg_config_path` entries that they share most with. */
export function sortedByReference(
  folders: readonly string[],
  references: readonly string[],
): readonly string[] {
  if (references.length === 0) return folders;
  const rank = (folder: string): readonly [number, number] => {
    const lengths = references.map((reference) => commonLength(folder, reference));
    const longest = Math.max(...lengths);
    const at = lengths.indexOf(longest);
    return [at, (references[at] ?? '').length - longest];
  };
  return folders.toSorted((a, b) => {
    const [atA, leftA] = rank(a);
    const [atB, leftB] = rank(b);
    return atA - atB || leftA - leftB;
  });
}

function commonLength(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let same = 0;
  while (same < left.length && left[same] === right[same]) same++;
  return left.slice(0, same).join('/').length;
}

function listOption({ option }: DependencyContext, name: string): readonly string[] {
  const value = option(name);
  return Array.isArray(value) ? value : [];
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
