import { posix } from 'node:path';
import { NumberRow } from '../../base/number-row.ts';
import { ownText } from '../../base/own-text.ts';
import type { ActionId } from '../../graph/graph.ts';
import type { ContentId } from '../../store/log/action-record.ts';
import {
  type ListedFolder,
  type ListedFolders,
  saveListedFolders,
} from '../../store/no-op/listed-folders.ts';
import type { BuildContext } from '../build-context.ts';
import { hostPath } from '../build-place.ts';
import { actionKey } from '../command-text.ts';
import { listFolder, madeIn } from './folder-listing.ts';
import { foldersToList, type Reads } from './folders-to-list.ts';
import { foundFirst } from './found-first.ts';
import { inFolder } from './in-folder.ts';
import { includeFolders } from './include-folders.ts';
import { type CameMeanwhile, missedHeaders, tickMs } from './missed-headers.ts';

/** How a build ended, as far as its folders of headers go. */
export interface NoteFolders {
  /** Whose folders count. */
  readonly actions: Iterable<ActionId>;
  /** All of them are up to date, and were looked at. */
  readonly isDone: boolean;
  /** They are all that is built by default. */
  readonly isWhole: boolean;
  readonly hasRun: boolean;
  readonly startedAtMs: number;
}

/** The folders of headers after a build. */
export interface NotedFolders {
  /** What is listed now. */
  readonly listed: ListedFolders;
  /** Whether folders came to the list. */
  readonly more: boolean;
}

/**
 * Lists the folders where a header may come to lie that is found before one that was read. What a list
 * has, all that is up to date has looked at; so what came since an old list stays new in a build that
 * did not end well, and what came while this build ran is new in the next one.
 */
export function noteFolders(
  context: BuildContext,
  { actions, isDone, isWhole, hasRun, startedAtMs }: NoteFolders,
): NotedFolders {
  const { listed: before, came, differs } = context.listing();
  if (before !== undefined && !hasRun && came.size === 0 && !differs) {
    return { listed: before, more: false };
  }
  const known = before?.folders ?? new Map<string, ListedFolder>();
  const names = new Set(isDone && isWhole ? [] : before?.names);
  const reads = readsOf(context, actions, names);
  // A folder that is not there may come, too.
  for (const dir of new Set(reads.flatMap(({ folders, dirs }) => [...folders, ...dirs]))) {
    for (const name of dir.split('/')) names.add(name);
  }
  const made = madeIn(context.producersByPath);
  const how = { made, ours: foldersOf(made.keys()), names, startedAtMs };
  const lists = new Map<string, ListedNow>();
  if (!isDone) {
    const added = new Set([...names].filter((name) => before?.names.has(name) !== true));
    for (const [path, folder] of known) {
      const old = { ...folder, news: [] };
      lists.set(path, added.size === 0 ? old : listNow(context, path, { ...how, names: added }));
    }
  }
  const wanted = foldersToList(context, reads);
  for (const path of isDone && !isWhole ? [...known.keys(), ...wanted] : wanted) {
    if (!lists.has(path)) lists.set(path, listNow(context, path, how));
  }
  const missed = missedHeaders(
    context,
    [...lists.values()].flatMap(({ news }) => news),
  );
  const folders = new Map<string, ListedFolder>();
  for (const [path, list] of lists) {
    const folder = withoutMissed(list, missed);
    const old = isDone ? undefined : known.get(path);
    folders.set(path, old === undefined ? folder : withNames(old, folder));
  }
  const more = [...folders.keys()].some((path) => !known.has(path));
  if (isDone) forgetOthers(context, actions);
  const listed = { folders, names };
  if (folders.size > 0 || known.size > 0) {
    saveListedFolders(context.host.files, context.place.buildDirectory, listed);
  }
  return { listed, more };
}

/** What was not asked for and would find another header now is made again when it is. */
function forgetOthers(context: BuildContext, actions: Iterable<ActionId>): void {
  const { graph, log } = context;
  if (context.listing().came.size === 0) return;
  const seen = new Set(actions);
  for (const [id, action] of graph.actions.entries()) {
    const record = seen.has(id) ? undefined : log.action(actionKey(graph, action));
    if (record !== undefined && foundFirst(context, action, record) !== undefined) {
      log.forget(actionKey(graph, action));
    }
  }
}

interface ListNow {
  readonly made: ReadonlyMap<string, readonly string[]>;
  /** Folders that the build makes. What may come into one is asked of it, now that it is there. */
  readonly ours: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly startedAtMs: number;
}

/** A folder with all that counts in it. */
interface ListedNow extends ListedFolder {
  /** What came since the build began, which perhaps not all of it has seen. */
  readonly news: readonly CameMeanwhile[];
}

function listNow(
  context: BuildContext,
  path: string,
  { made, ours, names, startedAtMs }: ListNow,
): ListedNow {
  const { host, place } = context;
  const now = listFolder(context, path, { known: '', names });
  if (now === 'as known') return { path, stamp: '', names: [], news: [] };
  const newsAt = (at: string): readonly CameMeanwhile[] => {
    const stat = host.files.lstat(hostPath(place, at));
    const changedMs = Number(stat?.ctimeNs ?? 0) / 1e6;
    if (changedMs < startedAtMs - tickMs) return [];
    return [{ path: at, changedMs: stat?.kind === 'directory' ? undefined : changedMs }];
  };
  const inside = now.names.map((name) => inFolder(path, name)).filter((at) => !ours.has(at));
  const news = newsAt(path).length === 0 ? [] : inside.flatMap(newsAt);
  const outputs = (made.get(path) ?? []).filter((name) => names.has(name));
  return { path, stamp: now.stamp, names: [...new Set([...now.names, ...outputs])], news };
}

/** What was missed by some is left out, and so is news to the next build. */
function withoutMissed(
  { path, stamp, names, news }: ListedNow,
  missed: ReadonlySet<string>,
): ListedFolder {
  if (!news.some((one) => missed.has(one.path))) return { path, stamp, names };
  return { path, stamp: '', names: names.filter((name) => !missed.has(inFolder(path, name))) };
}

/**
 * With names that count from now on. Nothing that was made before has read a file of such a name, so those
 * that are there are news to nobody.
 */
function withNames(folder: ListedFolder, now: ListedFolder): ListedFolder {
  const stamp = now.stamp === folder.stamp ? folder.stamp : '';
  return { path: folder.path, stamp, names: [...new Set([...folder.names, ...now.names])] };
}

/** With all folders that they lie in. */
function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const path of paths) {
    for (let at = path; !all.has(at) && at !== '.' && at !== '/'; at = posix.dirname(at))
      all.add(at);
  }
  return all;
}

/** Puts the names of the files, without folders, with those that count. */
function readsOf(
  context: BuildContext,
  actions: Iterable<ActionId>,
  names: Set<string>,
): readonly Reads[] {
  const { graph, log } = context;
  const all = new Map<string, Reads & { readonly dirs: Set<string> }>();
  const dirs: string[] = [];
  const numbers = new Map<string, number>();
  /** By content the number of its folder, and 1. */
  const found = new NumberRow();
  const dirOf = (content: ContentId): string => {
    if (found.get(content) === 0) {
      const { path } = log.content(content);
      names.add(ownText(posix.basename(path)));
      const dir = posix.dirname(path);
      const number = numbers.get(dir) ?? dirs.push(dir) - 1;
      numbers.set(dir, number);
      found.set(content, number + 1);
    }
    return dirs[found.get(content) - 1] ?? '';
  };
  for (const id of actions) {
    const action = graph.actions.get(id);
    if (action.work.kind !== 'command' || action.depfile === undefined) continue;
    const folders = includeFolders(context, action, action.work);
    const record = folders.length < 2 ? undefined : log.action(actionKey(graph, action));
    if (record === undefined) continue;
    const key = folders.join('\0');
    const reads = all.get(key) ?? { folders, dirs: new Set<string>() };
    all.set(key, reads);
    for (const content of record.discovered) reads.dirs.add(dirOf(content));
  }
  return [...all.values()];
}
