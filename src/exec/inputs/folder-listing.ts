import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import {
  folderStamp,
  type ListedFolder,
  type ListedFolders,
  loadListedFolders,
} from '../../store/no-op/listed-folders.ts';
import { type BuildPlace, hostPath } from '../build-place.ts';
import { inFolder } from './in-folder.ts';

/** What lay in folders where headers are looked for, and what came to lie there since. */
export interface Listing {
  readonly listed: ListedFolders | undefined;
  /** Paths of files and folders. */
  readonly came: ReadonlySet<string>;
  /** Whether something else changed there. */
  readonly differs: boolean;
}

interface Where {
  readonly host: Host;
  readonly place: BuildPlace;
  /** By path, what actions make. */
  readonly producersByPath: ReadonlyMap<string, unknown>;
}

/** Nothing came where that was seen already, by the launcher. */
export function readListing(
  { host, place, producersByPath }: Where,
  { maySay }: { readonly maySay: 'some came' | 'none came' },
): Listing {
  const listed = loadListedFolders(host.files, place.buildDirectory);
  const came = new Set<string>();
  let differs = false;
  if (listed === undefined || maySay === 'none came') return { listed, came, differs };
  const made = madeIn(producersByPath);
  for (const { path, stamp, names } of listed.folders.values()) {
    const now = listFolder({ host, place }, path, { known: stamp, names: listed.names });
    const more = (made.get(path) ?? []).filter((name) => listed.names.has(name));
    if (now === 'as known' && more.length === 0) continue;
    const known = new Set(names);
    const there = new Set([...(now === 'as known' ? names : now.names), ...more]);
    for (const name of there) if (!known.has(name)) came.add(inFolder(path, name));
    // Commands work in the build directory all the time; elsewhere the launcher wants to see the stamp again.
    if (names.some((name) => !there.has(name)) || (now !== 'as known' && isOutside(path))) {
      differs = true;
    }
  }
  return { listed, came, differs };
}

/** Whether a folder lies outside of the build directory. */
export function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../') || path.startsWith('/');
}

/** By folder, the names of what actions make in it. */
export function madeIn(
  producersByPath: Where['producersByPath'],
): ReadonlyMap<string, readonly string[]> {
  const made = new Map<string, string[]>();
  for (const path of producersByPath.keys()) {
    const folder = posix.dirname(path);
    const names = made.get(folder);
    if (names === undefined) made.set(folder, [posix.basename(path)]);
    else names.push(posix.basename(path));
  }
  return made;
}

/** What of some names a folder holds; nothing where it is not there. */
export function listFolder(
  { host: { files, clock }, place }: Pick<Where, 'host' | 'place'>,
  path: string,
  { known, names }: { readonly known: string; readonly names: ReadonlySet<string> },
): 'as known' | ListedFolder {
  const at = hostPath(place, path);
  const nowMs = clock.nowMs();
  // Before it is listed: what comes between is not in this stamp.
  const signature = files.stat(at);
  const stamp = signature === undefined ? '' : folderStamp(signature, nowMs);
  if (stamp !== '' && stamp === known) return 'as known';
  const all = files.list(at);
  return { path, stamp, names: all.ok ? all.value.filter((name) => names.has(name)) : [] };
}
