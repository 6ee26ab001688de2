import { NumberRow } from '../../base/number-row.ts';
import { RecentMap } from '../../base/recent-map.ts';

const none: Uint32Array = new Uint32Array();

/** How rows are made of what stands at a place. */
export interface RowSource<T> {
  readonly decode: (place: number) => T | undefined;
  /**
   * Of places before this one a row is kept once it was decoded. Those behind were written since, and would
   * be too many.
   */
  readonly keptBefore: () => number;
  /** Of those behind so many that were asked for last are kept; unless told, none, as few are asked for again. */
  readonly keptBehind?: number;
}

/** Rows by number, decoded when they are first asked for: until then only where they stand is kept. */
export class LateRows<T extends object | string> {
  /** Where the first rows stand. */
  readonly #base: Uint32Array;
  readonly #decoded = new Map<number, T | undefined>();
  /** Those after them. */
  readonly #rows: (T | number | undefined)[] = [];
  /** Of those that were written since; where few are asked for again, none. */
  readonly #asked: RecentMap<number, T> | undefined;
  readonly #source: RowSource<T>;

  constructor(source: RowSource<T>, base = none) {
    this.#source = source;
    this.#asked = source.keptBehind === undefined ? undefined : new RecentMap(source.keptBehind);
    this.#base = base;
  }

  /** One more than the largest number. */
  get length(): number {
    return this.#base.length + this.#rows.length;
  }

  /** A row, or the place of one; answers its number. */
  push(row: T | number): number {
    return this.#base.length + this.#rows.push(row) - 1;
  }

  /** A row that was pushed stands at a place now, and can be let go. */
  written(id: number, place: number): void {
    this.#rows[id - this.#base.length] = place;
  }

  get(id: number): T | undefined {
    const place = this.#base[id];
    if (place !== undefined) {
      const known = this.#decoded.get(id);
      if (known !== undefined) return known;
      const decoded = this.#source.decode(place);
      this.#decoded.set(id, decoded);
      return decoded;
    }
    const at = id - this.#base.length;
    const row = this.#rows[at];
    if (typeof row !== 'number') return row;
    const asked = this.#asked?.get(id);
    if (asked !== undefined) return asked;
    const decoded = this.#source.decode(row);
    if (row < this.#source.keptBefore()) this.#rows[at] = decoded;
    else if (decoded !== undefined) this.#asked?.set(id, decoded);
    return decoded;
  }

  /** As `get`, for who asks for all of them once: none is kept. */
  peek(id: number): T | undefined {
    const known = this.#decoded.get(id);
    if (known !== undefined) return known;
    const row: T | number | undefined = this.#base[id] ?? this.#rows[id - this.#base.length];
    if (typeof row !== 'number') return row;
    return this.#source.decode(row);
  }

  /** Where all rows stand; nothing when some came in another way. */
  places(): Uint32Array | undefined {
    const all = new Uint32Array(this.length);
    all.set(this.#base);
    let at = this.#base.length;
    for (const row of this.#rows) {
      if (typeof row !== 'number') return undefined;
      all[at++] = row;
    }
    return all;
  }
}

/** The same for rows under numbers that are given. */
export class LateMap<T extends object> {
  /** Where rows stand, by number; 0 where there is none. */
  readonly #places: NumberRow;
  /** Those that stand nowhere yet or were decoded; nothing for one that was taken away. */
  readonly #rows = new Map<number, T | undefined>();
  readonly #source: RowSource<T>;
  #size: number;

  constructor(
    source: RowSource<T>,
    { places = none, count = 0 }: { readonly places?: Uint32Array; readonly count?: number } = {},
  ) {
    this.#source = source;
    this.#places = new NumberRow(places);
    this.#size = count;
  }

  get size(): number {
    return this.#size;
  }

  /** A row, or the place of one. */
  set(id: number, row: T | number): void {
    if (!this.#has(id)) this.#size++;
    if (typeof row === 'number') this.#stands(id, row);
    else this.#rows.set(id, row);
  }

  /** A row that was set stands at a place now, and can be let go, unless it was taken away since. */
  written(id: number, place: number): void {
    if (this.#has(id)) this.#stands(id, place);
  }

  get(id: number): T | undefined {
    const row = this.#rows.get(id);
    if (row !== undefined || this.#rows.has(id)) return row;
    const place = this.#places.get(id);
    if (place === 0) return undefined;
    const decoded = this.#source.decode(place);
    if (decoded === undefined) this.delete(id);
    else if (place < this.#source.keptBefore()) this.#rows.set(id, decoded);
    return decoded;
  }

  /** Where a row stands; nothing for one that does not stand anywhere yet. */
  place(id: number): number | undefined {
    const place = this.#rows.has(id) ? 0 : this.#places.get(id);
    return place === 0 ? undefined : place;
  }

  delete(id: number): boolean {
    if (!this.#has(id)) return false;
    this.#rows.set(id, undefined);
    this.#size--;
    return true;
  }

  *values(): Iterable<T> {
    const placed = this.#places.room;
    for (let id = 0; id < placed; id++) {
      const row = this.get(id);
      if (row !== undefined) yield row;
    }
    for (const id of [...this.#rows.keys()]) {
      const row = id < placed ? undefined : this.get(id);
      if (row !== undefined) yield row;
    }
  }

  /** Where the rows of so many numbers stand; nothing when some came in another way. */
  places(count: number): Uint32Array | undefined {
    const all = this.#places.first(count);
    for (const [id, row] of this.#rows) {
      if (row !== undefined) return undefined;
      all[id] = 0;
    }
    return all;
  }

  #stands(id: number, place: number): void {
    this.#places.set(id, place);
    this.#rows.delete(id);
  }

  #has(id: number): boolean {
    return this.#rows.has(id) ? this.#rows.get(id) !== undefined : this.#places.get(id) !== 0;
  }
}
