import type { Action } from '../graph/graph.ts';
import type { BuildContext } from './build-context.ts';
import { isCacheable } from './cached-action.ts';

/** So much work may wait in its turn: a new action that is more urgent waits no longer for it. */
const aheadMs = 20;
const mostAhead = 64;

/**
 * How many actions may be given ahead while all slots are taken. To be woken for each end and to wake
 * another for each start costs more than a small command; longer ones are better chosen when there is
 * room for them.
 */
export class SendAhead {
  readonly #context: BuildContext;
  #averageMs = aheadMs;
  /** So that one odd action counts no more than some. */
  readonly #weight = 0.2;

  constructor(context: BuildContext) {
    this.#context = context;
  }

  took(milliseconds: number): void {
    this.#averageMs += (milliseconds - this.#averageMs) * this.#weight;
  }

  /** While so many run. */
  most(running: number): number {
    if (this.#context.commands.spawnInTurn === undefined || this.#averageMs > aheadMs / 2) return 0;
    return Math.min(mostAhead, Math.ceil((running * aheadMs) / Math.max(0.1, this.#averageMs)));
  }

  /** Whether an action can wait in its turn: what kaon does itself, or with the terminal, cannot. */
  takes(action: Action): boolean {
    const { work, pool, earlyOutputs } = action;
    if (work.kind !== 'command' || earlyOutputs.length > 0) return false;
    if (pool !== undefined && this.#context.graph.pools.get(pool).console) return false;
    return !isCacheable(this.#context, action);
  }
}
