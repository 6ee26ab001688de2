import { err, ok, type Result } from '../base/result.ts';
import type { Action, ActionId } from '../graph/graph.ts';
import type { BuildContext } from './build-context.ts';
import { actionKey } from './command-text.ts';
import {
  actionOf,
  type GraphFault,
  makerOf,
  type Node,
  type Selection,
} from './order/select-actions.ts';
import { type Stale, whyStale } from './why/why-stale.ts';

/** What has to be done, as far as can be said before anything is. */
export interface BuildPlan {
  readonly selection: Selection;
  /** Actions that must run, and why. */
  readonly stale: ReadonlyMap<ActionId, Stale>;
  /** Actions that are fresh, unless what they need comes out different. */
  readonly undecided: ReadonlySet<ActionId>;
  /** Actions that failed in an earlier part of the build. */
  readonly failedBefore: ReadonlySet<ActionId>;
  /** Those three kinds of nodes, and the lists and early outputs that wait for them, in order. */
  readonly pending: ReadonlySet<Node>;
  readonly fresh: number;
}

/**
 * Asks of each selected action, after those it needs, whether it is fresh. The fault is an input
 * that is missing and that nobody makes.
 */
export function planBuild(
  context: BuildContext,
  selection: Selection,
): Result<BuildPlan, GraphFault> {
  const { graph, producersByPath, alreadyFailed } = context;
  const stale = new Map<ActionId, Stale>();
  const undecided = new Set<ActionId>();
  const failedBefore = new Set<ActionId>();
  const pending = new Set<Node>();
  let fresh = 0;
  const skip = (path: string): boolean => {
    const producer = producersByPath.get(path);
    return producer !== undefined && pending.has(producer);
  };
  for (const node of selection.order) {
    const id = actionOf(selection, node);
    const waitsFor = selection.needs(node).filter((need) => pending.has(need));
    if (id === undefined) {
      if (waitsFor.length > 0) pending.add(node);
      continue;
    }
    const action = graph.actions.get(id);
    if (alreadyFailed?.has(actionKey(graph, action)) === true) {
      failedBefore.add(id);
      pending.add(node);
      continue;
    }
    const fault = missingInput(context, action);
    if (fault !== undefined) return err(fault);
    const reason: Stale | undefined = selection.untrusted.has(id)
      ? { kind: 'never-built' }
      : whyStale(context, action, { skip });
    if (reason !== undefined) {
      stale.set(id, reason);
    } else if (waitsFor.some((need) => makerOf(selection, need) !== undefined)) {
      undecided.add(id);
    } else {
      fresh++;
      continue;
    }
    pending.add(node);
  }
  return ok({ selection, stale, undecided, failedBefore, pending, fresh });
}

/** Which pending nodes wait for a pending one. */
export function dependentsIn({
  pending,
  selection,
}: BuildPlan): ReadonlyMap<Node, readonly Node[]> {
  const dependents = new Map<Node, Node[]>();
  for (const node of pending) {
    for (const need of selection.needs(node)) {
      if (!pending.has(need)) continue;
      const list = dependents.get(need);
      if (list === undefined) dependents.set(need, [node]);
      else list.push(node);
    }
  }
  return dependents;
}

/** The first source of an action that is not there. */
function missingInput(context: BuildContext, action: Action): GraphFault | undefined {
  const { graph, files, producers } = context;
  for (const input of action.inputs) {
    if (producers.has(input)) continue;
    const path = graph.files.get(input);
    if (!files.exists(path)) {
      return { kind: 'missing-input', path, neededBy: actionKey(graph, action) };
    }
  }
  return undefined;
}
