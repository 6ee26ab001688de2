import { invariant } from '../base/assert.ts';
import type { ReadonlyRows } from '../base/rows.ts';

/** A table whose rows are decoded when they are first asked for. */
export class LazyRows<I extends number, T> implements ReadonlyRows<I, T> {
  readonly size: number;
  readonly #decode: (id: number) => T;
  readonly #rows: (T | undefined)[];

  constructor(size: number, decode: (id: number) => T) {
    this.size = size;
    this.#decode = decode;
    this.#rows = new Array(size);
  }

  get(id: I): T {
    const known = this.#rows[id];
    if (known !== undefined) return known;
    if (!this.has(id)) invariant(false, `no row ${id} in a table of ${this.size}`);
    const row = this.#decode(id);
    this.#rows[id] = row;
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
