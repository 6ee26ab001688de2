import type { ActionId } from '../../graph/graph.ts';
import { makerOf } from '../order/select-actions.ts';
import type { BuildPlan } from '../plan-build.ts';

/** The shortest way from an undecided action to one that must run. */
export function chainToStale(plan: BuildPlan, from: ActionId): readonly ActionId[] {
  if (!plan.undecided.has(from)) return [];
  const cameFrom = new Map<number, number>();
  const queue: number[] = [from];
  for (const node of queue) {
    if (plan.stale.has(node as ActionId)) return wayTo(node, { from, cameFrom });
    for (const need of plan.selection.needs(node)) {
      // Order alone is no reason, so lists of files are not followed.
      const maker = plan.pending.has(need) ? makerOf(plan.selection, need) : undefined;
      if (maker === undefined || cameFrom.has(maker)) continue;
      cameFrom.set(maker, node);
      queue.push(maker);
    }
  }
  return [];
}

function wayTo(
  end: number,
  { from, cameFrom }: { readonly from: number; readonly cameFrom: ReadonlyMap<number, number> },
): readonly ActionId[] {
  const way: ActionId[] = [];
  for (let node = end; node !== from; node = cameFrom.get(node) ?? from) {
    way.unshift(node as ActionId); // only actions were followed
  }
  return way;
}
