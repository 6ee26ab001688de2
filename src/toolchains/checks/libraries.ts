import { unreachable } from '../../base/assert.ts';
import type { Files } from '../../host/host.ts';
import type { PackageRules } from '../rules.ts';
import { isDarwin, isWindowsLike, systemOf } from '../system.ts';
import { linksByFiles } from './library-files.ts';
import type { Started } from './memory.ts';
import { type Checker, once } from './probe.ts';
import { startCompiles, startLinks } from './sources.ts';

export type LibraryType = 'shared' | 'static' | 'prefer-shared' | 'prefer-static';

export interface LibrarySearch {
  readonly name: string;
  /** Absolute folders that come before the compiler's own. */
  readonly folders?: readonly string[];
  readonly type?: LibraryType;
  readonly ignoreSystemFolders?: boolean;
  /** Take the file's word that it can be linked: it comes from pkg-config. */
  readonly trust?: boolean;
}

/** Libraries that belong to the system's C library: never looked for as files. */
const internalLibraries = ['m', 'c', 'pthread', 'dl', 'rt', 'execinfo'];

function programOf({ family }: Checker): string {
  return family.compile.program ?? 'int main(void) { return 0; }\n';
}

/** `find_library()`: link arguments, or undefined when there is none. Empty for what is always there. */
export function startFindLibrary(
  checker: Checker,
  search: LibrarySearch,
): Started<readonly string[] | undefined> {
  const { name, folders = [], type = 'prefer-shared' } = search;
  const { packages } = checker.family.compile;
  if (packages !== undefined) return startFindPackage(checker, search, packages);
  const { scriptSuffix } = checker.family.link ?? {};
  if (scriptSuffix !== undefined && name.endsWith(scriptSuffix))
    return once(() => findScript(checker, search));
  const internal = internalLibraries.includes(name);
  if (!internal && (folders.length > 0 || type !== 'prefer-shared'))
    return once(() => searchFiles(checker, search));
  const told = linksByFiles(checker, name);
  if (told !== undefined)
    return once(() => {
      if (told) return [`-l${name}`];
      return internal ? undefined : searchFiles(checker, search);
    });
  const allow = undefinedAllowed(checker);
  const byName = startLinks(
    checker,
    { kind: 'code', code: programOf(checker) },
    {
      args: () => [`-l${name}`, ...allow],
    },
  );
  return once(() => {
    if (byName.finish().value) return [`-l${name}`];
    return internal ? undefined : searchFiles(checker, search);
  });
}

/** A compiler looks in its own folders by itself, so files are looked for only where the build file says. */
function startFindPackage(
  checker: Checker,
  { name, folders = [] }: LibrarySearch,
  { code, args, file }: PackageRules,
): Started<readonly string[] | undefined> {
  if (folders.length > 0)
    return once(() =>
      firstFile(
        checker,
        folders.map((folder) => `${folder}/${file(name)}`),
      ),
    );
  const compiled = startCompiles(checker, { kind: 'code', code }, { args: () => args(name) });
  return once(() => (compiled.finish().value ? args(name) : undefined));
}

/** A library of the linker's own kind has its whole name, and no folders but those that are told. */
function findScript(
  checker: Checker,
  { name, folders = [] }: LibrarySearch,
): readonly string[] | undefined {
  const paths = name.startsWith('/') ? [name] : folders.map((folder) => `${folder}/${name}`);
  return firstFile(checker, paths);
}

function firstFile({ host }: Checker, paths: readonly string[]): readonly string[] | undefined {
  const path = paths.find((each) => host.files.isFile(each));
  return path === undefined ? undefined : [path];
}

/** Shared libraries may leave symbols to others; checks of one library must not mind. */
function undefinedAllowed({ family }: Checker): readonly string[] {
  const { linker } = family.toolchain;
  if (linker === undefined || linker.id.startsWith('ld64')) return [];
  // lld for Windows does not know it.
  if (linker.id === 'ld.lld' && isWindowsLike(systemOf(family.toolchain).system)) return [];
  return ['-Wl,--allow-shlib-undefined'];
}

function searchFiles(checker: Checker, search: LibrarySearch): readonly string[] | undefined {
  const { name, folders = [], type = 'prefer-shared', trust = false } = search;
  const system = search.ignoreSystemFolders === true ? [] : libraryFolders(checker);
  const names = libraryFileNames(checker, name, type);
  for (const folder of [...folders, ...system]) {
    for (const file of names) {
      const path = `${folder}/${file}`;
      if (!checker.host.files.isFile(path)) continue;
      // Who asks for a static library may want one that needs others beside it.
      if (trust || type === 'static' || linksAsShared(checker, path)) return [path];
    }
  }
  return undefined;
}

/** A shared library may be linked against what could not make a whole program. */
function linksAsShared(checker: Checker, path: string): boolean {
  const { link, compile } = checker.family;
  const shared = link?.sharedLibrary ?? [];
  if (shared.length === 0) return true;
  const args = [path, ...undefinedAllowed(checker), ...shared, ...compile.pic];
  return startLinks(
    checker,
    { kind: 'code', code: programOf(checker) },
    { args: () => args },
  ).finish().value;
}

/** File names a library may have, the preferred first. */
function libraryFileNames(
  { family }: Pick<Checker, 'family'>,
  name: string,
  type: LibraryType,
): readonly string[] {
  const { system } = systemOf(family.toolchain);
  const prefixes = system === 'cygwin' ? ['cyg', 'lib', ''] : ['lib', ''];
  const sharedSuffixes = isDarwin(system)
    ? ['dylib', 'so']
    : system === 'windows'
      ? ['dll.a', 'lib', 'dll']
      : system === 'cygwin'
        ? ['dll', 'dll.a']
        : ['so'];
  const staticSuffixes = isWindowsLike(system) ? ['a', 'lib'] : ['a'];
  const files = (suffixes: readonly string[]): readonly string[] =>
    prefixes.flatMap((prefix) => suffixes.map((suffix) => `${prefix}${name}.${suffix}`));
  switch (type) {
    case 'shared':
      return files(sharedSuffixes);
    case 'static':
      return files(staticSuffixes);
    case 'prefer-static':
      return [...new Set([...files(staticSuffixes), ...files(sharedSuffixes)])];
    case 'prefer-shared':
      return [...new Set([...files(sharedSuffixes), ...files(staticSuffixes)])];
    default:
      return unreachable(type);
  }
}

/** The compiler's library folders with libraries of the right width. */
function libraryFolders({ family, host }: Checker): readonly string[] {
  const { facts } = family.toolchain;
  const folders = (facts['library-folders'] ?? '').split(':').filter((path) => path !== '');
  const pointer = facts['__SIZEOF_POINTER__'];
  if (pointer === undefined) return folders;
  const elfClass = pointer === '8' ? 2 : 1;
  return folders.filter((folder) => {
    const known = widths.get(folder) ?? elfClassOf(host.files, folder);
    widths.set(folder, known);
    return known === 'unknown' || known === elfClass;
  });
}

const widths = new Map<string, number | 'unknown'>();

/** One library tells for its folder: systems do not mix them. Small ones are quicker to read. */
function elfClassOf(files: Files, folder: string): number | 'unknown' {
  const names = files.list(folder);
  if (!names.ok) return 'unknown';
  const shared = names.value.filter((name) => name.endsWith('.so'));
  for (const name of shared) {
    const stat = files.stat(`${folder}/${name}`);
    if (stat?.kind !== 'file' || stat.size > 200_000) continue;
    const bytes = files.readBytes(`${folder}/${name}`);
    if (!bytes.ok) continue;
    const [, e, l, f, elfClass] = bytes.value;
    if (e === 0x45 && l === 0x4c && f === 0x46 && elfClass !== undefined) return elfClass;
    return 'unknown';
  }
  return 'unknown';
}
