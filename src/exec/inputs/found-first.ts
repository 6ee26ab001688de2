import { posix } from 'node:path';
import type { Action } from '../../graph/graph.ts';
import type { ActionRecord, ContentId } from '../../store/log/action-record.ts';
import type { BuildContext } from '../build-context.ts';
import { hostPath } from '../build-place.ts';
import { below, inFolder } from './in-folder.ts';
import { includeFolders } from './include-folders.ts';
import { namedLike } from './named-like.ts';

/**
 * A header that would be found before one that an action read, and was not there when it looked. Who
 * includes what is asked of the folders alone: whether it is the one that comes out, the compiler decides.
 */
export function foundFirst(
  context: BuildContext,
  action: Action,
  { inputs, discovered }: ActionRecord,
): { readonly path: string; readonly instead: string } | undefined {
  const { work, depfile } = action;
  if (work.kind !== 'command' || depfile === undefined) return undefined;
  const { came } = context.listing();
  if (came.size === 0) return undefined;
  const read = discovered.filter(mayHaveCome(context));
  const folders = read.length === 0 ? [] : includeFolders(context, action, work);
  if (folders.length < 2) return undefined;
  const pathOf = (id: (typeof inputs)[number]): string => context.log.content(id).path;
  let own: ReadonlySet<string> | undefined;
  for (const id of read) {
    for (const path of cameBefore(context, folders, id)) {
      own ??= new Set([...inputs, ...discovered].map(pathOf));
      if (!own.has(path)) return { path, instead: pathOf(id) };
    }
  }
  return undefined;
}

/** Whether what came may have the name of a content: hardly any does, and the rest need not be looked for. */
const named = new WeakMap<BuildContext, (content: ContentId) => boolean>();

function mayHaveCome(context: BuildContext): (content: ContentId) => boolean {
  const known = named.get(context) ?? likeWhatCame(context);
  named.set(context, known);
  return known;
}

function likeWhatCame({
  host,
  place,
  log,
  listing,
}: BuildContext): (content: ContentId) => boolean {
  const came = [...listing().came];
  // In a folder may lie what it likes.
  const hasFolder = came.some((path) => host.files.isDirectory(hostPath(place, path)));
  return hasFolder ? () => true : namedLike(log, came);
}

/** By folders and the header that was read. */
const known = new WeakMap<BuildContext, Map<string, Map<ContentId, readonly string[]>>>();

/** The headers that came and would be found before one, by who looks in the same folders for it. */
function cameBefore(
  context: BuildContext,
  folders: readonly string[],
  content: ContentId,
): readonly string[] {
  const ofContext = known.get(context) ?? new Map<string, Map<ContentId, readonly string[]>>();
  known.set(context, ofContext);
  const key = folders.join('\0');
  const ofFolders = ofContext.get(key) ?? new Map<ContentId, readonly string[]>();
  ofContext.set(key, ofFolders);
  const found =
    ofFolders.get(content) ?? findBefore(context, folders, context.log.content(content).path);
  ofFolders.set(content, found);
  return found;
}

function findBefore(
  context: BuildContext,
  folders: readonly string[],
  instead: string,
): readonly string[] {
  const { came } = context.listing();
  return [...placesBefore(folders, instead)].filter(
    (path) => hasCome(came, path) && isHeader(context, path),
  );
}

/** Where a header would be found before one that was read, by those who look for it in these folders. */
export function* placesBefore(folders: readonly string[], read: string): Generator<string> {
  for (const [at, folder] of folders.entries()) {
    const name = below(folder, read);
    if (name === undefined) continue;
    for (const earlier of folders.slice(0, at)) yield inFolder(earlier, name);
  }
}

function hasCome(came: ReadonlySet<string>, path: string): boolean {
  for (let at = path; ; at = posix.dirname(at)) {
    if (came.has(at)) return true;
    if (at === '.' || at === '/' || at === posix.dirname(at) || at.endsWith('..')) return false;
  }
}

function isHeader({ host, place, producersByPath }: BuildContext, path: string): boolean {
  return producersByPath.has(path) || host.files.isFile(hostPath(place, path));
}
