const share = process.env['KAON_SOAK'];

/** Whether there is time for everything. */
export const isSoak = share !== undefined;

/** How often something is tried: `full` times a share by `npm run soak`, else few times. */
export function size(full: number, few: number): number {
  return share === undefined ? few : Math.max(few, Math.round(full * Number(share)));
}

/** Tells what a row came to, where someone waits for it. */
export function report(row: string, figures: Readonly<Record<string, number>>): void {
  if (share === undefined) return;
  const told = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  console.log(`${row}: ${told.join(', ')}`);
}

/** Numbers that are the same each time for the same seed. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to 1. */
  share(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.share() * limit);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }
}
