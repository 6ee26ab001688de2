import { ok, type Result } from '../base/result.ts';
import type { FileFault, Files, Host } from '../host/host.ts';

/** How much a cache holds. */
export interface CacheSize {
  readonly bytes: number;
  readonly entries: number;
}

interface Entry {
  readonly path: string;
  /** Not yet an entry, or never: its writer was killed. */
  readonly isPart: boolean;
  readonly bytes: number;
  readonly usedNs: bigint;
}

/** Nothing takes this long to be written. */
const longestWriteNs = 600_000_000_000n;

/**
 * Removes what was begun and never finished, and what was not used for longest, until all that stays is
 * smaller than a limit.
 */
export function trimCache(
  { files, clock }: Pick<Host, 'files' | 'clock'>,
  folder: string,
  limitBytes: number,
): CacheSize {
  const startedNs = BigInt(Math.trunc(clock.nowMs())) * 1_000_000n - longestWriteNs;
  const entries = entriesOf(files, folder).filter(
    ({ path, isPart, usedNs }) => !(isPart && usedNs < startedNs && files.remove(path).ok),
  );
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

/** Builds that write there meanwhile keep no cache from being emptied: it is moved away first. */
export function emptyCache({ files, system }: Host, folder: string): Result<void, FileFault> {
  const gone = `gone-${system.processId}`;
  const listed = files.list(folder);
  for (const name of listed.ok ? listed.value : []) {
    const path = `${folder}/${name}`;
    // Another that was emptying it was killed.
    const isGone = name.startsWith('gone-');
    if (!isGone && !files.isDirectory(path)) continue;
    const moved = isGone ? path : `${folder}/${gone}-${name}`;
    const renamed = isGone ? ok(undefined) : files.rename(path, moved);
    const removed = renamed.ok ? files.remove(moved) : renamed;
    if (!removed.ok) return removed;
  }
  return files.remove(`${folder}/trimmed`);
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
      const isPart = !/\/[0-9a-f]{64}$/.test(path);
      return [{ path, isPart, bytes: Number(stat.size), usedNs: stat.mtimeNs }];
    });
}
