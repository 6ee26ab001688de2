import type { Files } from '../host/host.ts';

/** How much a cache holds. */
export interface CacheSize {
  readonly bytes: number;
  readonly entries: number;
}

interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly usedNs: bigint;
}

export function cacheSize(files: Files, folder: string): CacheSize {
  const entries = entriesOf(files, folder);
  return { bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0), entries: entries.length };
}

/** Removes what was not used for longest, until all that stays is smaller than a limit. */
export function trimCache(files: Files, folder: string, limitBytes: number): CacheSize {
  const entries = entriesOf(files, folder);
  let bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  let count = entries.length;
  const oldestFirst = entries.toSorted((a, b) => (a.usedNs < b.usedNs ? -1 : 1));
  for (const entry of oldestFirst) {
    if (bytes <= limitBytes) break;
    if (!files.remove(entry.path).ok) continue;
    bytes -= entry.bytes;
    count--;
  }
  return { bytes, entries: count };
}

function entriesOf(files: Files, folder: string): readonly Entry[] {
  const below = (path: string): readonly string[] => {
    const listed = files.list(path);
    return (listed.ok ? listed.value : []).map((name) => `${path}/${name}`);
  };
  return below(folder)
    .flatMap(below)
    .flatMap(below)
    .flatMap(below)
    .flatMap((path) => {
      const stat = files.lstat(path);
      if (stat?.kind !== 'file') return [];
      return [{ path, bytes: Number(stat.size), usedNs: stat.mtimeNs }];
    });
}
