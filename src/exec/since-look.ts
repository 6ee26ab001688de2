import type { ActionId } from '../graph/graph.ts';
import type { ActionLog } from '../store/action-log.ts';
import type { ActionRecord } from '../store/action-record.ts';
import type { Look, Renewed } from '../store/no-op-look.ts';
import { affectedActions, listAt } from './affected-actions.ts';
import type { BuildContext, BuildInput } from './build-context.ts';
import { actionKey } from './command-text.ts';
import type { SeenContent } from './file-table.ts';

/** What a look leaves to be done, and what was known of it before. */
export interface SinceLook {
  readonly look: Look;
  /** Actions that read or make what changed, and all behind them. */
  readonly affected: ReadonlySet<ActionId>;
  readonly records: ReadonlyMap<ActionId, ActionRecord>;
  /** What they read and made that is as it was. */
  readonly unchanged: ReadonlySet<string>;
}

/** Nothing where the log does not know of all of it: then everything is to be looked at. */
export function sinceLook({ graph, log }: BuildInput, look: Look): SinceLook | undefined {
  const affected = affectedActions(look);
  const records = new Map<ActionId, ActionRecord>();
  const unchanged = new Set<string>();
  for (const id of affected) {
    if (!graph.actions.has(id)) return undefined;
    const record = log.action(actionKey(graph, graph.actions.get(id)));
    if (record === undefined) return undefined;
    records.set(id, record);
    for (const path of pathsOf(log, record)) unchanged.add(path);
  }
  for (const file of look.changed) unchanged.delete(look.path(file));
  return { look, affected, records, unchanged };
}

function* pathsOf(log: ActionLog, record: ActionRecord): Iterable<string> {
  for (const list of [record.inputs, record.discovered, record.outputs]) {
    for (const content of list) yield log.content(content).path;
  }
}

/** Whether another look would tell if anything changes that an action reads or makes now. */
export function isStillCovered(
  { graph, log }: BuildContext,
  { records }: SinceLook,
): (id: ActionId) => boolean {
  return (id) => {
    const before = records.get(id);
    const now = log.action(actionKey(graph, graph.actions.get(id)));
    if (before === undefined || now === undefined) return false;
    if (now === before) return true;
    const known = new Set(pathsOf(log, before));
    for (const path of pathsOf(log, now)) if (!known.has(path)) return false;
    return true;
  };
}

/** What was looked at since, by its number; nothing where that is not known. */
export function renewedFiles(
  { look, affected }: SinceLook,
  seen: readonly SeenContent[],
): readonly Renewed[] | undefined {
  const numbers = new Map<string, number>();
  for (const file of look.changed) numbers.set(look.path(file), file);
  for (const id of affected) {
    for (const file of listAt(look.uses.made, id)) numbers.set(look.path(file), file);
  }
  const renewed: Renewed[] = [];
  for (const { path, signature, isLink, assumed } of seen) {
    if (assumed) continue;
    const file = numbers.get(path);
    if (file === undefined || signature === undefined || isLink === true) return undefined;
    renewed.push({ file, signature });
  }
  return renewed;
}
