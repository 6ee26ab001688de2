import { topologicalOrder } from '../base/order.ts';
import { type Diagnostic, plainError } from '../diag/diagnostic.ts';
import type { Graph } from '../graph/graph.ts';

/** Tells a chain of actions that wait for each other, as ninja words it. */
export function cycleIn(graph: Graph): Diagnostic | undefined {
  const producers = new Map<number, number>();
  for (const [id, action] of graph.actions.entries())
    for (const output of action.outputs) producers.set(output, id);
  const actions = [...graph.actions.values()];
  const order = topologicalOrder(actions.length, function* (at) {
    const action = actions[at];
    if (action === undefined) return;
    for (const file of action.inputs) {
      const producer = producers.get(file);
      if (producer !== undefined) yield producer;
    }
    for (const list of action.orderOnly) {
      for (const file of graph.fileLists.get(list)) {
        const producer = producers.get(file);
        if (producer !== undefined) yield producer;
      }
    }
  });
  if (order.ok) return undefined;
  const names = order.error.map((at) => {
    const [output] = actions[at]?.outputs ?? [];
    return output === undefined ? (actions[at]?.description ?? '') : graph.files.get(output);
  });
  return plainError(`dependency cycle: ${names.join(' -> ')}`);
}
