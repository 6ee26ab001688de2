/** Numbers that look random and are the same for a seed, on every machine (the generator is mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, limit);
  }

  /** Whether it happens that does so once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  of<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** Each of some things once in `times`, in their order. */
  some<T>(items: readonly T[], times: number): readonly T[] {
    return items.filter(() => this.oneIn(times));
  }
}
