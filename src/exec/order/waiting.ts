import { addAll } from '../../base/add-all.ts';
import { invariant } from '../../base/assert.ts';
import type { ActionId } from '../../graph/graph.ts';
import type { BuildContext } from '../build-context.ts';
import type { BuildPlan } from '../plan-build.ts';
import { whyStale } from '../why/why-stale.ts';
import type { ActionStates } from './action-states.ts';
import type { PriorityQueue } from './priority-queue.ts';
import { actionOf, type Node } from './select-actions.ts';
import type { Tally } from './tally.ts';

/** What decides when an action can start: who waits for whom, and where it goes then. */
export interface WaitingParts {
  readonly dependents: ReadonlyMap<Node, readonly Node[]>;
  readonly states: ActionStates;
  /** Takes what waits for nothing any more and must run. */
  readonly ready: PriorityQueue;
  readonly tally: Tally;
  /** Called when less is to do than was thought. */
  readonly onTotal: () => void;
}

/** Who waits for whom among what is pending, and who need not run after all. */
export class Waiting {
  readonly #context: BuildContext;
  readonly #plan: BuildPlan;
  readonly #parts: WaitingParts;

  constructor(context: BuildContext, plan: BuildPlan, parts: WaitingParts) {
    this.#context = context;
    this.#plan = plan;
    this.#parts = parts;
  }

  unblockFirst(): void {
    const { pending, failedBefore, selection } = this.#plan;
    const free: Node[] = [];
    for (const node of pending) {
      const id = actionOf(selection, node);
      if (id !== undefined && failedBefore.has(id)) {
        this.#parts.states.become(node, { kind: 'failed' });
        continue;
      }
      const blockedBy = selection.needs(node).filter((need) => pending.has(need)).length;
      this.#parts.states.become(node, { kind: 'waiting', blockedBy });
      if (blockedBy === 0) free.push(node);
    }
    this.unblock(free);
  }

  /** These wait for nothing any more; those that turn out to be done free others. */
  unblock(nodes: Node[]): void {
    const { states, ready, tally, onTotal } = this.#parts;
    const totalBefore = tally.total;
    for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
      const id = actionOf(this.#plan.selection, node);
      // What was ready early has freed others already.
      if (states.get(node)?.kind === 'done') continue;
      if (id !== undefined && this.#mustRun(id)) {
        states.become(node, { kind: 'ready' });
        ready.push(node);
        continue;
      }
      states.become(node, { kind: 'done', how: 'fresh' });
      if (id !== undefined) tally.freshAfterAll();
      addAll(nodes, this.#release(node));
    }
    if (tally.total !== totalBefore) onTotal();
  }

  /** It is done: what waited for it alone waits for nothing any more. */
  ended(node: Node): void {
    this.unblock([...this.#release(node)]);
  }

  #mustRun(id: ActionId): boolean {
    if (this.#plan.stale.has(id)) return true;
    return whyStale(this.#context, this.#context.graph.actions.get(id)) !== undefined;
  }

  /** Those that waited for this one alone. */
  #release(node: Node): readonly Node[] {
    const { dependents, states } = this.#parts;
    const free: Node[] = [];
    for (const dependent of dependents.get(node) ?? []) {
      const state = states.get(dependent);
      // What is early may be done before, and what needs something that failed is given up.
      if (state?.kind === 'done' || state?.kind === 'failed') continue;
      invariant(state?.kind === 'waiting', 'what waits for something is waiting');
      const blockedBy = state.blockedBy - 1;
      states.become(dependent, { kind: 'waiting', blockedBy });
      if (blockedBy === 0) free.push(dependent);
    }
    return free;
  }
}
