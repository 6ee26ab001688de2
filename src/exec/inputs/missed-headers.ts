import type { ActionId } from '../../graph/graph.ts';
import type { ActionRecord, ContentId } from '../../store/log/action-record.ts';
import type { BuildContext } from '../build-context.ts';
import { actionKey } from '../command-text.ts';
import { placesBefore } from './found-first.ts';
import { includeFolders } from './include-folders.ts';
import { namedLike } from './named-like.ts';

/** The clock of a file system may be so much behind. */
export const tickMs = 20;

/** What came into a folder of headers while a build ran. */
export interface CameMeanwhile {
  readonly path: string;
  /** Of a file: since then it is there as it is. */
  readonly changedMs: number | undefined;
}

/**
 * Those that some action would find before what it read, and may not have seen: who started after a file was
 * there did look at it. When something came into a folder, that does not tell.
 */
export function missedHeaders(
  context: BuildContext,
  all: readonly CameMeanwhile[],
): ReadonlySet<string> {
  const missed = new Set<string>();
  const came = new Map<string, number>();
  for (const { path, changedMs } of all) {
    if (changedMs === undefined) missed.add(path);
    else came.set(path, changedMs);
  }
  if (came.size === 0) return missed;
  const { graph, log, starts } = context;
  const hasName = namedLike(log, came.keys());
  // What was not asked for has records of earlier builds, and has seen nothing.
  for (const id of graph.actions.ids()) {
    const record = log.action(actionKey(graph, graph.actions.get(id)));
    const read = record?.discovered.filter(hasName) ?? [];
    if (record === undefined || read.length === 0) continue;
    const startedMs = starts.of(id) ?? 0;
    for (const path of foundBefore(context, { id, record, read })) {
      const changedMs = came.get(path);
      if (changedMs !== undefined && changedMs >= startedMs - tickMs) missed.add(path);
    }
  }
  return missed;
}

/** Places that an action looked at before it came to some of what it read. */
function foundBefore(
  context: BuildContext,
  {
    id,
    record: { inputs, discovered },
    read,
  }: {
    readonly id: ActionId;
    readonly record: ActionRecord;
    readonly read: readonly ContentId[];
  },
): readonly string[] {
  const { graph, log } = context;
  const action = graph.actions.get(id);
  if (action.work.kind !== 'command' || action.depfile === undefined) return [];
  const folders = includeFolders(context, action, action.work);
  const own = new Set([...inputs, ...discovered].map((content) => log.content(content).path));
  return read
    .flatMap((content) => [...placesBefore(folders, log.content(content).path)])
    .filter((path) => !own.has(path));
}
