import { NumberRow } from '../../base/number-row.ts';
import type { NumberLists } from './number-lists.ts';

/** Pairs of a row and an item. Those of an item come one after the other, so it is kept once. */
export class NumberPairs {
  readonly #rows = new NumberRow();
  #count = 0;
  /** The items, and how many pairs came before those of each. */
  readonly #items: number[] = [];
  readonly #firsts: number[] = [];

  add(row: number, item: number): void {
    if (this.#items.at(-1) !== item) {
      this.#items.push(item);
      this.#firsts.push(this.#count);
    }
    this.#rows.set(this.#count++, row);
  }

  /** The items of each row, in the order in which they came. */
  lists(rows: number): NumberLists {
    const starts = new Uint32Array(rows + 1);
    for (let at = 0; at < this.#count; at++) {
      const row = this.#rows.get(at) + 1;
      starts[row] = (starts[row] ?? 0) + 1;
    }
    for (let row = 0; row < rows; row++)
      starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
    const next = starts.slice();
    const items = new Uint32Array(this.#count);
    for (const [number, item] of this.#items.entries()) {
      const end = this.#firsts[number + 1] ?? this.#count;
      for (let at = this.#firsts[number] ?? 0; at < end; at++) {
        const row = this.#rows.get(at);
        const place = next[row] ?? 0;
        items[place] = item;
        next[row] = place + 1;
      }
    }
    return { starts, items };
  }
}
