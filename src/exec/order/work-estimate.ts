import type { ActionId } from '../../graph/graph.ts';
import type { BuildContext } from '../build-context.ts';
import { actionKey } from '../command-text.ts';
import type { BuildPlan } from '../plan-build.ts';
import { actionOf, type Node } from './select-actions.ts';

/** What the times of earlier builds say of this one. */
export interface WorkEstimate {
  /** How long it takes from the start of a node to the end of the longest chain that waits for it. */
  pathMs(node: Node): number;
  /** How long a node takes by itself. */
  ownMs(node: Node): number;
  /** Whether any of the actions ever ran, so that the times mean something. */
  readonly known: boolean;
}

/**
 * Estimates in milliseconds, from how long actions took when they last ran: the longest chain of work
 * behind each decides which starts first.
 */
export function workEstimate(
  context: BuildContext,
  { selection, pending }: BuildPlan,
  dependents: ReadonlyMap<Node, readonly Node[]>,
): WorkEstimate {
  const { log, graph } = context;
  const known = new Map<ActionId, number>();
  let sum = 0;
  for (const node of log.isEmpty ? [] : pending) {
    const id = actionOf(selection, node);
    if (id === undefined) continue;
    const record = log.action(actionKey(graph, graph.actions.get(id)));
    if (record === undefined) continue;
    known.set(id, record.durationMs);
    sum += record.durationMs;
  }
  // An action that never ran is taken for an ordinary one.
  const ordinary = known.size === 0 ? 1 : Math.max(1, sum / known.size);
  const ownMs = (node: Node): number => {
    const id = actionOf(selection, node);
    return id === undefined ? 0 : (known.get(id) ?? ordinary);
  };
  const paths = new Map<Node, number>();
  for (const node of [...pending].reverse()) {
    let longest = 0;
    for (const next of dependents.get(node) ?? []) {
      longest = Math.max(longest, paths.get(next) ?? 0);
    }
    paths.set(node, ownMs(node) + longest);
  }
  return {
    pathMs: (node) => paths.get(node) ?? 0,
    ownMs,
    known: known.size > 0,
  };
}
