import { err, ok, type Result } from '../../base/result.ts';
import type { ActionId } from '../../graph/graph.ts';
import { type BuildInput, buildContext } from '../build-context.ts';
import { actionKey } from '../command-text.ts';
import { type GraphFault, makerOf } from '../order/select-actions.ts';
import type { BuildPlan } from '../plan-build.ts';
import { planGoals } from '../run-build.ts';
import type { Stale } from './why-stale.ts';

/** Why a file would be made anew, or would not. */
export type Why =
  | { readonly kind: 'fresh'; readonly output: string }
  | { readonly kind: 'stale'; readonly output: string; readonly because: Stale }
  /** It is made anew only if what it needs comes out different; `first` is where that starts. */
  | {
      readonly kind: 'depends-on';
      readonly output: string;
      /** From what it needs to what must run for a reason of its own. */
      readonly through: readonly string[];
      readonly because: Stale;
    };

/** The reason for one goal or output: for a goal, one answer for each thing that would run for a reason of its own, or one that all is fresh. */
export function explain(input: BuildInput, goal: string): Result<readonly Why[], GraphFault> {
  const context = buildContext(input);
  const planned = planGoals(context, [goal]);
  if (!planned.ok) return err(planned.error);
  const plan = planned.value;
  const { graph } = input;
  const name = (id: ActionId): string => actionKey(graph, graph.actions.get(id));
  const asked = context.producersByPath.get(goal);
  if (asked === undefined || graph.goals.has(goal)) {
    const all: Why[] = [...plan.stale].map(([id, because]) => ({
      kind: 'stale',
      output: name(id),
      because,
    }));
    return ok(all.length > 0 ? all : [{ kind: 'fresh', output: goal }]);
  }
  const because = plan.stale.get(asked);
  if (because !== undefined) return ok([{ kind: 'stale', output: goal, because }]);
  const chain = chainToStale(plan, asked);
  const last = chain.at(-1);
  const reason = last === undefined ? undefined : plan.stale.get(last);
  if (reason === undefined) return ok([{ kind: 'fresh', output: goal }]);
  return ok([{ kind: 'depends-on', output: goal, through: chain.map(name), because: reason }]);
}

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
