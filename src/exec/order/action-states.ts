import { invariant } from '../../base/assert.ts';
import type { BuildPlan } from '../plan-build.ts';
import type { ActionState } from './action-state.ts';
import type { Node } from './select-actions.ts';
import type { WorkEstimate } from './work-estimate.ts';

/** Where all that is pending stands. */
export class ActionStates {
  readonly #states = new Map<Node, ActionState>();
  readonly #estimate: WorkEstimate;
  #workLeftMs = 0;

  constructor({ pending }: BuildPlan, estimate: WorkEstimate) {
    this.#estimate = estimate;
    for (const node of pending) this.#workLeftMs += estimate.ownMs(node);
  }

  get(node: Node): ActionState | undefined {
    return this.#states.get(node);
  }

  /** Milliseconds of work on one core by the times of earlier builds. */
  get workLeftMs(): number {
    return Math.max(0, this.#workLeftMs);
  }

  /** Every change of a state goes through here. */
  become(node: Node, state: ActionState): void {
    const before = this.#states.get(node)?.kind;
    invariant(
      before === undefined ||
        before === 'waiting' ||
        (before === 'ready' && state.kind !== 'waiting') ||
        (before === 'sent' && (state.kind === 'running' || state.kind === 'ready')) ||
        (before === 'running' && state.kind !== 'waiting' && state.kind !== 'sent'),
      `an action cannot go from ${before} to ${state.kind}`,
    );
    this.#states.set(node, state);
    if (state.kind === 'done' || state.kind === 'failed') {
      this.#workLeftMs -= this.#estimate.ownMs(node);
    }
  }
}
