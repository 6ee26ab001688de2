import { invariant } from '../base/assert.ts';
import type { ActionId } from '../graph/graph.ts';
import type { Node } from './select-actions.ts';

/**
 * Which slots are taken, and what was sent ahead of its turn. Who runs commands starts those that
 * wait by itself, one for each that ends; we follow when we hear of it.
 */
export class Turns {
  readonly #slots: boolean[];
  /** Those whose turn did not come yet; some are still looked up in the cache. */
  readonly #ahead = new Map<Node, ActionId>();
  /** Those of them that were given to who runs them, in that order. */
  readonly #given = new Set<Node>();
  /** How many may run at once, as was said last. */
  #limit = 1;

  constructor(jobs: number) {
    this.#slots = new Array<boolean>(jobs).fill(false);
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#ahead.size;
  }

  waits(node: Node): boolean {
    return this.#ahead.has(node);
  }

  /** One is sent, so that as many may run. */
  sent(running: number): void {
    // Those who wait for their turn were promised it.
    this.#limit = this.#ahead.size > 0 ? Math.max(running, this.#limit) : running;
  }

  sentAhead(node: Node, id: ActionId, running: number): void {
    this.sent(running);
    this.#ahead.set(node, id);
  }

  /** It was not in the cache, or not looked up. */
  given(node: Node): void {
    if (this.#ahead.has(node)) this.#given.add(node);
  }

  /** How many may run at once while so many do. */
  limit(running: number): number {
    return Math.max(this.#limit, running, 1);
  }

  /** The turn of one came: its slot. One that ended before its turn was told of has one more. */
  begin(node: Node): number {
    this.leave(node);
    const free = this.#slots.indexOf(false);
    const slot = free === -1 ? this.#slots.length : free;
    this.#slots[slot] = true;
    return slot;
  }

  /** A slot is free again; it is the turn of the one that is told. */
  end(slot: number): readonly [Node, ActionId] | undefined {
    invariant(this.#slots[slot] === true, 'what ends had a slot');
    this.#slots[slot] = false;
    for (const node of this.#given) {
      const id = this.#ahead.get(node);
      if (id !== undefined) return [node, id];
    }
    return undefined;
  }

  /** It waits no longer. */
  leave(node: Node): void {
    this.#ahead.delete(node);
    this.#given.delete(node);
  }
}
