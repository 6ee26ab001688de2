const none: Uint32Array = new Uint32Array();

/** Rows by number, decoded when they are first asked for: until then only where they stand is kept. */
export class LateRows<T extends object | string> {
  /** Where the first rows stand. */
  readonly #base: Uint32Array;
  readonly #decoded = new Map<number, T | undefined>();
  /** Those after them. */
  readonly #rows: (T | number | undefined)[] = [];
  readonly #decode: (place: number) => T | undefined;

  constructor(decode: (place: number) => T | undefined, base = none) {
    this.#decode = decode;
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

  get(id: number): T | undefined {
    const place = this.#base[id];
    if (place !== undefined) {
      const known = this.#decoded.get(id);
      if (known !== undefined) return known;
      const decoded = this.#decode(place);
      this.#decoded.set(id, decoded);
      return decoded;
    }
    const at = id - this.#base.length;
    const row = this.#rows[at];
    if (typeof row !== 'number') return row;
    const decoded = this.#decode(row);
    this.#rows[at] = decoded;
    return decoded;
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
  readonly #base: Uint32Array;
  /** Those that came later or were decoded; nothing for one that was taken away. */
  readonly #rows = new Map<number, T | number | undefined>();
  readonly #decode: (place: number) => T | undefined;
  #size: number;

  constructor(
    decode: (place: number) => T | undefined,
    { places = none, count = 0 }: { readonly places?: Uint32Array; readonly count?: number } = {},
  ) {
    this.#decode = decode;
    this.#base = places;
    this.#size = count;
  }

  get size(): number {
    return this.#size;
  }

  set(id: number, row: T | number): void {
    if (!this.#has(id)) this.#size++;
    this.#rows.set(id, row);
  }

  get(id: number): T | undefined {
    const row = this.#rows.get(id) ?? (this.#rows.has(id) ? undefined : this.#base[id]);
    if (row === 0) return undefined;
    if (typeof row !== 'number') return row;
    const decoded = this.#decode(row);
    if (decoded === undefined) this.delete(id);
    else this.#rows.set(id, decoded);
    return decoded;
  }

  delete(id: number): boolean {
    if (!this.#has(id)) return false;
    this.#rows.set(id, undefined);
    this.#size--;
    return true;
  }

  *values(): Iterable<T> {
    for (let id = 0; id < this.#base.length; id++) {
      if ((this.#base[id] ?? 0) === 0 && !this.#rows.has(id)) continue;
      const row = this.get(id);
      if (row !== undefined) yield row;
    }
    for (const id of [...this.#rows.keys()]) {
      if (id < this.#base.length) continue;
      const row = this.get(id);
      if (row !== undefined) yield row;
    }
  }

  /** Where the rows of so many numbers stand; nothing when some came in another way. */
  places(count: number): Uint32Array | undefined {
    const all = new Uint32Array(count);
    all.set(this.#base);
    for (const [id, row] of this.#rows) {
      if (typeof row === 'object') return undefined;
      all[id] = row ?? 0;
    }
    return all;
  }

  #has(id: number): boolean {
    return this.#rows.has(id) ? this.#rows.get(id) !== undefined : (this.#base[id] ?? 0) !== 0;
  }
}
