import { isAbsolute, join, normalize } from 'node:path/posix';
import type { Toolchain } from '../../model/toolchain.ts';
import { fileRole } from '../compile/file-kind.ts';
import type { PlanContext } from '../context.ts';

/**
 * Files of libraries that the arguments of a link name and that are not of the build: those told of by path, and
 * those that `-lNAME` will mean to the linker. A new one asks for another link.
 */
export function systemLibraries(
  context: PlanContext,
  toolchain: Toolchain,
  linkArgs: readonly string[],
): readonly string[] {
  const byPath = linkArgs.filter((arg) => isAbsolute(arg) && fileRole(arg) === 'library');
  const libraries = [...byPath, ...foundByName(context, toolchain, linkArgs)].filter(
    (path) => !path.startsWith(`${context.paths.buildRoot}/`),
  );
  for (const path of libraries) if (context.isFile(path)) context.systemLibraries.add(path);
  return libraries;
}

function foundByName(
  context: PlanContext,
  { facts }: Toolchain,
  linkArgs: readonly string[],
): readonly string[] {
  const named = valuesOf(linkArgs, '-l');
  if (named.length === 0) return [];
  const { buildRoot } = context.paths;
  const folders = (facts['library-folders'] ?? '').split(':').filter((path) => path !== '');
  const places = [...valuesOf(linkArgs, '-L').map((path) => absolute(buildRoot, path)), ...folders];
  const wanted = linkArgs.some((arg) => arg === '-static' || arg === '-Wl,-Bstatic')
    ? 'archives'
    : 'any';
  return named.flatMap((name) =>
    namesOf(name, wanted).flatMap((names) => {
      const paths = places.flatMap((place) => names.map((each) => join(place, each)));
      return paths.find((path) => context.isFile(path)) ?? [];
    }),
  );
}

/** What follows an option, in one word with it or in the next one. */
function valuesOf(args: readonly string[], option: '-l' | '-L'): readonly string[] {
  return [
    ...new Set(
      args.flatMap((arg, at) =>
        arg === option ? (args[at + 1] ?? []) : arg.startsWith(option) ? arg.slice(2) : [],
      ),
    ),
  ];
}

const absolute = (root: string, path: string): string =>
  isAbsolute(path) ? normalize(path) : join(root, path);

/** Names of files, of each list the first that is there; where archives are asked for, both kinds may be meant. */
function namesOf(library: string, wanted: 'archives' | 'any'): readonly (readonly string[])[] {
  if (library.startsWith(':')) return [[library.slice(1)]];
  const shared = ['.so', '.dylib', '.tbd', '.dll.a'].map((suffix) => `lib${library}${suffix}`);
  const archives = [`lib${library}.a`, `${library}.lib`];
  return wanted === 'archives' ? [shared, archives] : [[...shared, ...archives]];
}
