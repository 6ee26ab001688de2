/** Whole numbers below 2^32 by place, 0 where none was put: a list that grows and takes four bytes for each. */
export class NumberRow {
  #numbers: Uint32Array;

  constructor(numbers: Uint32Array = new Uint32Array(0)) {
    this.#numbers = numbers;
  }

  get(at: number): number {
    return this.#numbers[at] ?? 0;
  }

  set(at: number, number: number): void {
    if (at >= this.#numbers.length) this.#numbers = grown(this.#numbers, at);
    this.#numbers[at] = number;
  }

  /** How many places there are; those that were never put are 0. */
  get room(): number {
    return this.#numbers.length;
  }

  /** The first of them. */
  first(count: number): Uint32Array {
    const all = new Uint32Array(count);
    all.set(this.#numbers.subarray(0, count));
    return all;
  }
}

function grown(numbers: Uint32Array, at: number): Uint32Array {
  const larger = new Uint32Array(Math.max(64, at + 1, Math.ceil(numbers.length * 1.5)));
  larger.set(numbers);
  return larger;
}
