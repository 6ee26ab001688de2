import type { ActionId } from '../graph/graph.ts';
import { listAt } from '../store/format/number-lists.ts';
import type { ActionLog } from '../store/log/action-log.ts';
import type { ActionRecord } from '../store/log/action-record.ts';
import { type Grown, isAsSeen, type Look, type Renewed } from '../store/no-op/no-op-look.ts';
import type { BuildContext, BuildInput } from './build-context.ts';
import { actionKey } from './command-text.ts';
import type { SeenContent } from './file-table.ts';
import { affectedActions } from './order/affected-actions.ts';

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

/** Whether an action read what it did not read before the look. */
export function readsMore({ graph, log }: BuildContext, { affected, records }: SinceLook): boolean {
  for (const id of affected) {
    const before = records.get(id);
    const now = log.action(actionKey(graph, graph.actions.get(id)));
    if (now === undefined || now === before) continue;
    const known = new Set(before?.discovered.map((content) => log.content(content).path));
    if (now.discovered.some((content) => !known.has(log.content(content).path))) return true;
  }
  return false;
}

/** What changed since a look, for another look to tell of; nothing where it could not. */
export function grownSince(
  context: BuildContext,
  since: SinceLook,
  {
    actions,
    seen,
  }: { readonly actions: readonly ActionId[]; readonly seen: readonly SeenContent[] },
): Grown | undefined {
  const { look } = since;
  const readers = newReads(context, since, actions);
  if (readers === undefined) return undefined;
  const numbers = renewedNumbers(since);
  const renewed: Renewed[] = [];
  const added: Mutable<Grown['added']> = [];
  const byNumber = new Map<number, readonly number[]>();
  const known = look.uses.users.starts.length - 1;
  for (const { path, signature, isLink, assumed } of seen) {
    const reads = readers.get(path);
    let file = numbers.get(path);
    if (file === undefined && assumed) continue;
    if (file === undefined && reads === undefined) return undefined;
    if (signature === undefined || isLink === true) return undefined;
    if (file !== undefined && !assumed) renewed.push({ file, signature });
    if (reads === undefined) continue;
    file ??= look.number(path);
    if (file === undefined) file = known + added.push({ path, signature }) - 1;
    else if (!numbers.has(path) && !isAsSeen(look, file, signature)) return undefined;
    byNumber.set(file, reads);
    readers.delete(path);
  }
  // What is read and was not looked at cannot be told of.
  return readers.size > 0 ? undefined : { look, renewed, added, readers: byNumber };
}

type Mutable<List extends readonly unknown[]> = List[number][];

/** By path, which actions read it now and did not then; nothing where one is not known at all. */
function newReads(
  { graph, log }: BuildContext,
  { records }: SinceLook,
  actions: readonly ActionId[],
): Map<string, number[]> | undefined {
  const readers = new Map<string, number[]>();
  for (const id of actions) {
    const before = records.get(id);
    const now = log.action(actionKey(graph, graph.actions.get(id)));
    if (before === undefined || now === undefined) return undefined;
    if (now === before) continue;
    const known = new Set(pathsOf(log, before));
    for (const path of new Set(pathsOf(log, now))) {
      if (known.has(path)) continue;
      const list = readers.get(path);
      if (list === undefined) readers.set(path, [id]);
      else list.push(id);
    }
  }
  return readers;
}

/** What may be other than it was seen, by its number: what changed, and what was made anew. */
function renewedNumbers({ look, affected }: SinceLook): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const file of look.changed) numbers.set(look.path(file), file);
  for (const id of affected) {
    for (const file of listAt(look.uses.made, id)) numbers.set(look.path(file), file);
  }
  return numbers;
}
