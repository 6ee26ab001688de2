import { addAll } from '../base/add-all.ts';
import type { ActionId, FileId, Graph } from './graph.ts';

/** All actions that some goals or files need; without any, those of what is built by default. */
export function neededActions(graph: Graph, goals: readonly string[]): ReadonlySet<ActionId> {
  const makers = makersIn(graph);
  const wanted = goals.length === 0 ? ['all'] : goals;
  const named = new Set(wanted.filter((name) => !graph.goals.has(name)));
  const files = named.size === 0 ? [] : [...graph.files.entries()];
  const first = [
    ...wanted.flatMap((name) => {
      const goal = graph.goals.get(name);
      return [...(goal?.actions ?? []), ...(goal?.files ?? []).map((file) => makers.get(file))];
    }),
    ...files.flatMap(([id, path]) => (named.has(path) ? [makers.get(id)] : [])),
  ];
  return withAllBefore(graph, first, makers);
}

/** All actions that some others need. */
export function actionsBefore(graph: Graph, others: Iterable<ActionId>): ReadonlySet<ActionId> {
  const makers = makersIn(graph);
  const next = [...others].flatMap((id) => makersBefore(graph, id, makers));
  return withAllBefore(graph, next, makers);
}

type Makers = ReadonlyMap<FileId, ActionId>;

function makersIn(graph: Graph): Makers {
  return new Map(
    [...graph.actions.entries()].flatMap(([id, { outputs }]) => outputs.map((file) => [file, id])),
  );
}

function makersBefore(
  graph: Graph,
  id: ActionId,
  makers: Makers,
): readonly (ActionId | undefined)[] {
  const { inputs, orderOnly } = graph.actions.get(id);
  const before = [...inputs, ...orderOnly.flatMap((list) => graph.fileLists.get(list))];
  return before.map((file) => makers.get(file));
}

function withAllBefore(
  graph: Graph,
  first: readonly (ActionId | undefined)[],
  makers: Makers,
): ReadonlySet<ActionId> {
  const needed = new Set<ActionId>();
  const pending = [...first];
  while (pending.length > 0) {
    const id = pending.pop();
    if (id === undefined || needed.has(id)) continue;
    needed.add(id);
    addAll(pending, makersBefore(graph, id, makers));
  }
  return needed;
}
