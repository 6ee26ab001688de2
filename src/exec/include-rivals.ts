import { posix } from 'node:path';
import type { Action, Command } from '../graph/graph.ts';
import { type BuildContext, declaredInputs } from './build-context.ts';
import { graphPath, hostPath } from './build-place.ts';

interface Known {
  /** Of the files that were read, by the folders that were looked through. */
  readonly others: Map<string, Map<string, readonly string[]>>;
  /** What lies in each folder: most folders have nothing of most names, and need not be asked. */
  readonly entries: Map<string, ReadonlySet<string>>;
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
  const { others } = knownOf(context);
  const key = folders.join('\0');
  const ofFolders = others.get(key) ?? new Map<string, readonly string[]>();
  others.set(key, ofFolders);
  const found = new Set<string>();
  for (const path of read) {
    const named = ofFolders.get(path) ?? othersOf(context, path, folders);
    ofFolders.set(path, named);
    for (const other of named) found.add(other);
  }
  for (const path of read) found.delete(path);
  return [...found].sort();
}

function knownOf(context: BuildContext): Known {
  const all = known.get(context) ?? { others: new Map(), entries: new Map() };
  known.set(context, all);
  return all;
}

function othersOf(
  context: BuildContext,
  path: string,
  folders: readonly string[],
): readonly string[] {
  const names = new Set(folders.flatMap((folder) => below(folder, path) ?? []));
  const found = new Set<string>();
  for (const name of names) {
    for (const folder of folders) {
      const other = inFolder(folder, name);
      if (other !== path && isThere(context, folder, name)) found.add(other);
    }
  }
  return [...found];
}

/** What will be made counts as there: when it is asked for may be before. */
function isThere(context: BuildContext, folder: string, name: string): boolean {
  const { host, place, producersByPath } = context;
  const path = inFolder(folder, name);
  if (producersByPath.has(path)) return true;
  const [first = ''] = name.split('/', 1);
  if (!entriesOf(context, folder).has(first)) return false;
  return first === name || host.files.exists(hostPath(place, path));
}

function entriesOf(context: BuildContext, folder: string): ReadonlySet<string> {
  const { entries } = knownOf(context);
  const before = entries.get(folder);
  if (before !== undefined) return before;
  const listed = context.host.files.list(hostPath(context.place, folder));
  const now = new Set(listed.ok ? listed.value : []);
  entries.set(folder, now);
  return now;
}

/** Both are as short as they can be: to ask node for that would be most of the work. */
function inFolder(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

/** How a file is called in a folder that it lies in. */
function below(folder: string, path: string): string | undefined {
  if (folder === '.') return posix.isAbsolute(path) || path.startsWith('../') ? undefined : path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

const options = /^(?:-I|-iquote|-isystem|-idirafter|\/I)(.*)$/s;

/** Where a compiler looks for headers, beside the folders that it knows itself; in no certain order. */
function includeFolders(
  context: BuildContext,
  action: Action,
  { argv, cwd }: Command,
): readonly string[] {
  const folders = new Set<string>();
  for (const [at, word] of argv.entries()) {
    const [, joined] = options.exec(word) ?? [];
    const folder = joined === '' ? argv[at + 1] : joined;
    if (folder === undefined || folder === '') continue;
    folders.add(graphPath(context.place, posix.join(folder, '.'), cwd));
  }
  if (folders.size === 0) return [];
  // A header beside the source comes first.
  for (const path of declaredInputs(context, action)) folders.add(posix.dirname(path));
  return [...folders];
}
