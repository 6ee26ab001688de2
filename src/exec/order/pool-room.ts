import type { Action, Graph, PoolId } from '../../graph/graph.ts';
import type { Node } from './select-actions.ts';

/** Who runs in which pool, and who waits aside for room in it. */
export class PoolRoom {
  readonly #pools: Graph['pools'];
  readonly #use = new Map<PoolId, number>();
  readonly #queues = new Map<PoolId, Node[]>();

  constructor({ pools }: Graph) {
    this.#pools = pools;
  }

  /** Takes room in the action's pool; without it the action waits aside until someone leaves the pool. */
  take(node: Node, { pool }: Action): boolean {
    if (pool === undefined) return true;
    const used = this.#use.get(pool) ?? 0;
    const { depth, console } = this.#pools.get(pool);
    if (used < (console ? 1 : Math.max(1, depth))) {
      this.#use.set(pool, used + 1);
      return true;
    }
    const queue = this.#queues.get(pool);
    if (queue === undefined) this.#queues.set(pool, [node]);
    else queue.push(node);
    return false;
  }

  /** Gives the room back; those who waited for it may try again. */
  leave({ pool }: Action): readonly Node[] {
    if (pool === undefined) return [];
    this.#use.set(pool, (this.#use.get(pool) ?? 1) - 1);
    const waited = this.#queues.get(pool) ?? [];
    this.#queues.delete(pool);
    return waited;
  }
}
