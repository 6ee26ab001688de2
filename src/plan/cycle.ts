import { topologicalOrder } from '../base/order.ts';
import { type Diagnostic, errorAt, type Place, plainError } from '../diag/diagnostic.ts';
import type { Graph } from '../graph/graph.ts';

/** Tells, at the targets in it, a chain of actions that wait for each other, as ninja words it. */
export function cycleIn(
  graph: Graph,
  declaredAt: (output: string) => Place | undefined,
): Diagnostic | undefined {
  const actions = [...graph.actions.values()];
  const lists = [...graph.fileLists.values()];
  const producers = new Int32Array(graph.files.size).fill(-1);
  for (const [id, action] of actions.entries())
    for (const output of action.outputs) producers[output] = id;
  const producersOf = (files: readonly number[]): readonly number[] =>
    files.map((file) => producers[file] ?? -1).filter((action) => action !== -1);
  // Lists that thousands of actions share are nodes of their own, after the actions.
  const order = topologicalOrder(actions.length + lists.length, (at) => {
    const action = actions[at];
    if (action === undefined) return producersOf(lists[at - actions.length] ?? []);
    const needs = producersOf(action.inputs);
    if (action.orderOnly.length === 0) return needs;
    return [...needs, ...action.orderOnly.map((list) => actions.length + list)];
  });
  if (order.ok) return undefined;
  const cycle = order.error.slice(1).filter((at) => at < actions.length);
  const names = [...cycle.slice(-1), ...cycle].map((at) => {
    const [output] = actions[at]?.outputs ?? [];
    return output === undefined ? (actions[at]?.description ?? '') : graph.files.get(output);
  });
  const message = `dependency cycle: ${names.join(' -> ')}`;
  const [place, ...others] = names
    .slice(0, -1)
    .flatMap((name) => declaredAt(name) ?? [])
    .filter((one, at, all) => all.indexOf(one) === at);
  const related = others.map((other) => ({ place: other, message: 'and this waits for it' }));
  return { ...(place === undefined ? plainError(message) : errorAt(place, message)), related };
}
