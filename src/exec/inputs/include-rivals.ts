import { posix } from 'node:path';
import { ownText } from '../../base/own-text.ts';
import { RecentMap } from '../../base/recent-map.ts';
import type { Action } from '../../graph/graph.ts';
import { type BuildContext, recentFiles } from '../build-context.ts';
import { hostPath } from '../build-place.ts';
import { below, inFolder } from './in-folder.ts';
import { includeFolders } from './include-folders.ts';

/** Folders that are looked through, in this order. */
interface SearchPath {
  readonly folders: readonly string[];
  /** What lies in each. */
  readonly entries: readonly ReadonlySet<string>[];
  /** Of the files that were read. */
  readonly others: RecentMap<string, readonly string[]>;
}

interface Known {
  /** By their folders. */
  readonly paths: Map<string, SearchPath>;
  /** What lies or will lie in each folder: most have nothing of most names, and need not be asked. */
  readonly entries: Map<string, ReadonlySet<string>>;
  /** What will be made in each, folders included. */
  readonly made: ReadonlyMap<string, ReadonlySet<string>>;
}

const known = new WeakMap<BuildContext, Known>();

/**
 * Files that have the name of a header that was read, and lie in another folder that headers are looked for
 * in. Whether one of them comes first is not asked: one that was not there before may.
 */
export function rivals(
  context: BuildContext,
  action: Action,
  read: readonly string[],
): readonly string[] {
  if (action.work.kind !== 'command') return [];
  const folders = includeFolders(context, action, action.work);
  if (folders.length < 2) return [];
  const path = pathOf(context, folders);
  const found = new Set<string>();
  for (const file of read) {
    let named = path.others.get(file);
    if (named === undefined) {
      named = othersOf(context, file, path);
      path.others.set(file, named);
    }
    for (const other of named) found.add(other);
  }
  for (const file of read) found.delete(file);
  return [...found].sort();
}

function pathOf(context: BuildContext, folders: readonly string[]): SearchPath {
  const { paths } = knownOf(context);
  const key = folders.join('\0');
  const before = paths.get(key);
  if (before !== undefined) return before;
  const entries = folders.map((folder) => entriesOf(context, folder));
  const path = { folders, entries, others: new RecentMap<string, readonly string[]>(recentFiles) };
  paths.set(key, path);
  return path;
}

function knownOf(context: BuildContext): Known {
  const before = known.get(context);
  if (before !== undefined) return before;
  const made = entriesMade(context.producersByPath.keys());
  const all = { paths: new Map(), entries: new Map(), made };
  known.set(context, all);
  return all;
}

function entriesMade(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const made = new Map<string, Set<string>>();
  for (const path of paths) {
    for (let below = path; below !== '.' && below !== '/'; ) {
      const folder = posix.dirname(below);
      const entries = made.get(folder) ?? new Set();
      const name = ownText(posix.basename(below));
      // Then its folder has all that is above it.
      if (entries.has(name)) break;
      made.set(folder, entries.add(name));
      below = folder;
    }
  }
  return made;
}

function othersOf(
  context: BuildContext,
  file: string,
  { folders, entries }: SearchPath,
): readonly string[] {
  const names = new Set<string>();
  for (const folder of folders) {
    const name = below(folder, file);
    if (name !== undefined) names.add(name);
  }
  const found = new Set<string>();
  for (const name of names) {
    const [first = ''] = name.split('/', 1);
    for (const [at, folder] of folders.entries()) {
      if (entries[at]?.has(first) !== true) continue;
      const other = inFolder(folder, name);
      if (other !== file && (first === name || isThere(context, other))) found.add(other);
    }
  }
  return found.size === 0 ? none : [...found];
}

const none: readonly string[] = [];

/** What will be made counts as there: when it is asked for may be before. */
function isThere({ host, place, producersByPath }: BuildContext, path: string): boolean {
  return producersByPath.has(path) || host.files.exists(hostPath(place, path));
}

function entriesOf(context: BuildContext, folder: string): ReadonlySet<string> {
  const { entries, made } = knownOf(context);
  const before = entries.get(folder);
  if (before !== undefined) return before;
  const listed = context.host.files.list(hostPath(context.place, folder));
  const now = new Set([...(listed.ok ? listed.value : []), ...(made.get(folder) ?? [])]);
  entries.set(folder, now);
  return now;
}
