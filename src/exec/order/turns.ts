import { invariant } from '../../base/assert.ts';
import type { ActionId } from '../../graph/graph.ts';
import type { Node } from './select-actions.ts';

/**
 * Which slots are taken, and who of those that were sent runs. Who runs commands starts those that wait
 * by itself, one for each that ends, in the order in which they were given and never more at once than
 * was said last: so we know who runs as soon as we hear who ended.
 */
export class Turns {
  readonly #slots: boolean[];
  /** Actions that were sent, and are first looked up in the cache. Those sent ahead of their turn take no slot. */
  readonly #sent = new Map<Node, 'now' | 'ahead'>();
  /** How many of them take a slot. */
  #sentNow = 0;
  /** Actions handed to the runner that have not ended, in order; the first `#runs` of them are running. */
  readonly #given = new Map<Node, ActionId>();
  #runs = 0;
  /** How many may run at once, as was said last. */
  #limit = 0;

  constructor(jobs: number) {
    this.#slots = new Array<boolean>(jobs).fill(false);
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#sent.size - this.#sentNow + this.#given.size - this.#runs;
  }

  /** How many take a slot. */
  get busy(): number {
    return this.#sentNow + this.#runs;
  }

  send(node: Node, when: 'now' | 'ahead'): void {
    this.#sent.set(node, when);
    if (when === 'now') this.#sentNow++;
  }

  /** How many may run at once when this one is given; it may not be this one that starts then. */
  limit(node: Node): number {
    return this.#sent.get(node) === 'now' ? this.#runs + 1 : this.#runs;
  }

  /** It was given with that limit. Told are those whose turn came. */
  give(node: Node, id: ActionId): readonly (readonly [Node, ActionId])[] {
    this.#limit = this.limit(node);
    this.leave(node);
    this.#given.set(node, id);
    return this.#goOn();
  }

  /** One more may run, where one waits that was given. */
  allowOneMore():
    | { readonly limit: number; readonly node: Node; readonly id: ActionId }
    | undefined {
    if (this.#given.size === this.#runs) return undefined;
    this.#limit = this.#runs + 1;
    const [came] = this.#goOn();
    invariant(came !== undefined, 'one that waits has its turn');
    return { limit: this.#limit, node: came[0], id: came[1] };
  }

  /** It ended. Told are those whose turn came. */
  end(node: Node): readonly (readonly [Node, ActionId])[] {
    this.takeBack(node);
    return this.#goOn();
  }

  /** It never starts, nor does another in its place. */
  takeBack(node: Node): void {
    this.leave(node);
    if (!this.#given.has(node)) return;
    const at = [...this.#given.keys()].indexOf(node);
    this.#given.delete(node);
    if (at < this.#runs) this.#runs--;
  }

  /** It turned out to need no turn. */
  leave(node: Node): void {
    if (this.#sent.get(node) === 'now') this.#sentNow--;
    this.#sent.delete(node);
  }

  /** A slot for one that starts. One that ended before its turn was told of has one more. */
  takeSlot(): number {
    const free = this.#slots.indexOf(false);
    const slot = free === -1 ? this.#slots.length : free;
    this.#slots[slot] = true;
    return slot;
  }

  freeSlot(slot: number): void {
    invariant(this.#slots[slot] === true, 'what ends had a slot');
    this.#slots[slot] = false;
  }

  #goOn(): readonly (readonly [Node, ActionId])[] {
    const before = this.#runs;
    this.#runs = Math.max(before, Math.min(this.#limit, this.#given.size));
    return before === this.#runs ? [] : [...this.#given].slice(before, this.#runs);
  }
}
