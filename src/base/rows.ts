import { invariant } from './assert.ts';

declare const brand: unique symbol;

/** A row number that cannot be mistaken for another table's: `type TargetId = Id<'target'>`. */
export type Id<Name extends string> = number & { readonly [brand]: Name };

/** A table that others read: rows know each other by branded number, so tables print and store as they are. */
export interface ReadonlyRows<I extends number, T> {
  readonly size: number;
  get(id: I): T;
  has(id: number): boolean;
  ids(): Iterable<I>;
  entries(): Iterable<readonly [I, T]>;
  values(): Iterable<T>;
}

/** A table that grows at its end. `replace` exists for rows that are completed while a stage gathers, `shrink` for what is taken back. */
export class Rows<I extends number, T> implements ReadonlyRows<I, T> {
  readonly #rows: T[];

  constructor(rows: readonly T[] = []) {
    this.#rows = [...rows];
  }

  get size(): number {
    return this.#rows.length;
  }

  add(row: T): I {
    // The only place where a row number is made.
    return (this.#rows.push(row) - 1) as I;
  }

  get(id: I): T {
    // Tables are looked up often: the message is made only for who needs it.
    if (!this.has(id)) invariant(false, `no row ${id} in a table of ${this.#rows.length}`);
    return this.#rows[id] as T;
  }

  has(id: number): boolean {
    return Number.isInteger(id) && id >= 0 && id < this.#rows.length;
  }

  replace(id: I, row: T): void {
    invariant(this.has(id), `no row ${id} in a table of ${this.#rows.length}`);
    this.#rows[id] = row;
  }

  /** Takes back the rows that were added since the table had this size. */
  shrink(size: number): void {
    invariant(size <= this.#rows.length, 'a table only shrinks to a size it had');
    this.#rows.length = size;
  }

  *ids(): Iterable<I> {
    for (let id = 0; id < this.#rows.length; id++) yield id as I;
  }

  *entries(): Iterable<readonly [I, T]> {
    for (let id = 0; id < this.#rows.length; id++) yield [id as I, this.#rows[id] as T];
  }

  values(): Iterable<T> {
    return this.#rows;
  }

  toArray(): readonly T[] {
    return this.#rows;
  }

  toJSON(): readonly T[] {
    return this.#rows;
  }
}
