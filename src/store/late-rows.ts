/** Rows by number, decoded when they are first asked for: until then only where they stand is kept. */
export class LateRows<T extends object | string> {
  readonly #rows: (T | number | undefined)[] = [];
  readonly #decode: (place: number) => T | undefined;

  constructor(decode: (place: number) => T | undefined) {
    this.#decode = decode;
  }

  /** One more than the largest number. */
  get length(): number {
    return this.#rows.length;
  }

  /** A row, or the place of one; answers its number. */
  push(row: T | number): number {
    return this.#rows.push(row) - 1;
  }

  get(id: number): T | undefined {
    const row = this.#rows[id];
    if (typeof row !== 'number') return row;
    const decoded = this.#decode(row);
    this.#rows[id] = decoded;
    return decoded;
  }

  *values(): Iterable<T> {
    for (let id = 0; id < this.#rows.length; id++) {
      const row = this.get(id);
      if (row !== undefined) yield row;
    }
  }
}

/** The same for rows under numbers that are given: in the order in which they first came. */
export class LateMap<T extends object> {
  readonly #rows = new Map<number, T | number>();
  readonly #decode: (place: number) => T | undefined;

  constructor(decode: (place: number) => T | undefined) {
    this.#decode = decode;
  }

  get size(): number {
    return this.#rows.size;
  }

  set(id: number, row: T | number): void {
    this.#rows.set(id, row);
  }

  get(id: number): T | undefined {
    const row = this.#rows.get(id);
    if (typeof row !== 'number') return row;
    const decoded = this.#decode(row);
    if (decoded === undefined) this.#rows.delete(id);
    else this.#rows.set(id, decoded);
    return decoded;
  }

  delete(id: number): boolean {
    return this.#rows.delete(id);
  }

  *values(): Iterable<T> {
    for (const id of [...this.#rows.keys()]) {
      const row = this.get(id);
      if (row !== undefined) yield row;
    }
  }
}
