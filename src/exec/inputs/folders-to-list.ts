import { posix } from 'node:path';
import type { BuildContext } from '../build-context.ts';
import { hostPath } from '../build-place.ts';
import { below, inFolder } from './in-folder.ts';

/** What was read by all whose headers are looked for in the same folders. */
export interface Reads {
  /** In the order in which they are looked through. */
  readonly folders: readonly string[];
  /** Where the files lie. */
  readonly dirs: ReadonlySet<string>;
}

/** The folders where a header may come to lie that is found before one that was read. */
export function foldersToList(
  { host, place }: Pick<BuildContext, 'host' | 'place'>,
  reads: readonly Reads[],
): ReadonlySet<string> {
  const there = new WhatIsThere({
    isDirectory: (path) => host.files.isDirectory(hostPath(place, path)),
    namesIn: (path) => {
      const listed = host.files.list(hostPath(place, path));
      return listed.ok ? new Set(listed.value) : undefined;
    },
  });
  const wanted = new Set<string>();
  for (const { folders, dirs } of reads) {
    for (const [at, folder] of folders.entries()) {
      const names = namesBelow(folder, dirs);
      if (names === undefined) continue;
      for (const earlier of folders.slice(0, at)) {
        const deepest = there.deepest(earlier);
        if (deepest === earlier) addNearest({ folder: earlier, names, there }, wanted);
        else wanted.add(deepest);
      }
    }
  }
  return wanted;
}

/** Folders below one, by name. */
interface Names {
  /** Whether a file lies in it, and not only below. */
  isRead: boolean;
  readonly inside: Map<string, Names>;
}

function namesBelow(folder: string, dirs: Iterable<string>): Names | undefined {
  let top: Names | undefined;
  for (const dir of dirs) {
    const path = dir === folder ? '' : below(folder, dir);
    if (path === undefined) continue;
    top ??= { isRead: false, inside: new Map() };
    let names = top;
    for (const name of path === '' ? [] : path.split('/')) {
      const next = names.inside.get(name) ?? { isRead: false, inside: new Map() };
      names.inside.set(name, next);
      names = next;
    }
    names.isRead = true;
  }
  return top;
}

/**
 * Adds the folders below one that have these names, or that are nearest above where there is none. A
 * million names are looked for in a few folders which have hardly any of them, so what a folder has decides.
 */
function addNearest(
  { folder, names, there }: { folder: string; names: Names; there: WhatIsThere },
  wanted: Set<string>,
): void {
  if (names.isRead) wanted.add(folder);
  const found = there.namesIn(folder);
  const candidates =
    found === undefined || found.size > names.inside.size ? names.inside.keys() : found;
  let count = 0;
  for (const name of candidates) {
    const inside = names.inside.get(name);
    if (inside === undefined || found?.has(name) === false) continue;
    const path = inFolder(folder, name);
    if (!there.isDirectory(path)) continue;
    count += 1;
    addNearest({ folder: path, names: inside, there }, wanted);
  }
  if (count < names.inside.size) wanted.add(folder);
}

interface Lookup {
  readonly isDirectory: (path: string) => boolean;
  /** Nothing where it cannot be listed. */
  readonly namesIn: (path: string) => ReadonlySet<string> | undefined;
}

/** Which folders there are; each is asked for once. */
class WhatIsThere {
  readonly #lookup: Lookup;
  readonly #names = new Map<string, ReadonlySet<string> | undefined>();
  readonly #directories = new Map<string, boolean>();

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  namesIn(path: string): ReadonlySet<string> | undefined {
    if (!this.#names.has(path)) this.#names.set(path, this.#lookup.namesIn(path));
    return this.#names.get(path);
  }

  isDirectory(path: string): boolean {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const is = this.#lookup.isDirectory(path);
    this.#directories.set(path, is);
    return is;
  }

  /** The folder, or the one nearest above that is there. */
  deepest(path: string): string {
    const parent = posix.dirname(path);
    if (parent === path || posix.basename(path) === '..' || this.isDirectory(path)) return path;
    return this.deepest(parent);
  }
}
