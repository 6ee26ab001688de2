import { invariant } from '../../base/assert.ts';
import { RecentMap } from '../../base/recent-map.ts';
import type { ReadonlyRows } from '../../base/rows.ts';

/** How large a table is of which all rows are kept, and how many of a larger one are for sure. */
export interface Kept {
  readonly whole: number;
  readonly few: number;
}

/** Builds of the usual size have fewer rows than that. So few are let go before they count as old in V8's heap. */
const keptRows: Kept = { whole: 1 << 13, few: 1 << 9 };

/**
 * A table whose rows are decoded when they are first asked for. Of a large one those are let go that were
 * not asked for lately: all of a graph at once is many times what its file is.
 */
export class LazyRows<I extends number, T> implements ReadonlyRows<I, T> {
  readonly size: number;
  readonly #decode: (id: number) => T;
  readonly #rows: Pick<RecentMap<number, T>, 'get' | 'set'>;

  constructor(size: number, decode: (id: number) => T, { whole, few } = keptRows) {
    this.size = size;
    this.#decode = decode;
    this.#rows = size <= whole ? new Map() : new RecentMap(few);
  }

  get(id: I): T {
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    if (!this.has(id)) invariant(false, `no row ${id} in a table of ${this.size}`);
    const row = this.#decode(id);
    this.#rows.set(id, row);
    return row;
  }

  has(id: number): boolean {
    return Number.isInteger(id) && id >= 0 && id < this.size;
  }

  *ids(): Iterable<I> {
    for (let id = 0; id < this.size; id++) yield id as I; // here row numbers are made
  }

  *entries(): Iterable<readonly [I, T]> {
    for (const id of this.ids()) yield [id, this.get(id)];
  }

  *values(): Iterable<T> {
    for (const id of this.ids()) yield this.get(id);
  }

  toJSON(): readonly T[] {
    return [...this.values()];
  }
}
