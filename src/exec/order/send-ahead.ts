import type { Action } from '../../graph/graph.ts';
import { type BuildContext, speaksJson } from '../build-context.ts';
import type { Node } from './select-actions.ts';
import type { WorkEstimate } from './work-estimate.ts';

/** The most work that may be queued: a new, more urgent action has to wait for no more than this. */
const aheadMs = 20;
const mostAhead = 64;

/**
 * How many actions may be given ahead while all slots are taken. To be woken for each end and to wake
 * another for each start costs more than a small command, and on a busy machine each waking takes
 * its time: so no slot is without its next one. More than that is given where actions are short, as
 * long ones are better chosen when there is room for them.
 */
export class SendAhead {
  readonly #context: BuildContext;
  readonly #estimate: WorkEstimate;
  readonly #canSend: boolean;
  #averageMs = aheadMs;
  /** So that one odd action counts no more than some. */
  readonly #weight = 0.2;

  constructor(parts: {
    readonly context: BuildContext;
    readonly estimate: WorkEstimate;
    readonly maxLoad: number | undefined;
  }) {
    const { context, estimate, maxLoad } = parts;
    this.#context = context;
    this.#estimate = estimate;
    // What waits in its turn starts whatever the load is then.
    this.#canSend = context.commands.spawnInTurn !== undefined && maxLoad === undefined;
  }

  took(milliseconds: number): void {
    this.#averageMs += (milliseconds - this.#averageMs) * this.#weight;
  }

  get #areLong(): boolean {
    return this.#averageMs > aheadMs / 2;
  }

  /** While so many run. */
  most(running: number): number {
    if (!this.#canSend) return 0;
    if (this.#areLong) return running;
    return Math.min(mostAhead, Math.ceil((running * aheadMs) / Math.max(0.1, this.#averageMs)));
  }

  /** Whether an action can wait in its turn: what kaon does itself, listens to, or with the terminal, cannot. */
  takes(action: Action): boolean {
    const { work, pool } = action;
    if (work.kind !== 'command' || speaksJson(this.#context, action)) return false;
    return pool === undefined || !this.#context.graph.pools.get(pool).console;
  }

  /** Whether none of those that were sent will free something more urgent, which would find its slot taken. */
  mayWait(node: Node, sent: Iterable<Node>): boolean {
    if (!this.#areLong) return true;
    const { pathMs, ownMs } = this.#estimate;
    const urgency = pathMs(node);
    for (const other of sent) if (pathMs(other) - ownMs(other) > urgency) return false;
    return true;
  }
}
