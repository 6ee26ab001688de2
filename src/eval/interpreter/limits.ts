import { type Dictionary, isDictionary, isList, type List, type Value } from '../value.ts';

/** How much a project may ask of the evaluator: more is a mistake, or means harm. */
export class Limits {
  #steps = 0;
  /** How much lists and dictionaries hold, with all that is in them, however often the same is. */
  readonly #weights = new WeakMap<object, number>();

  /** Counts one more thing evaluated, or one that is as much work as several; says when it is too much. */
  step(cost = 1): boolean {
    this.#steps += cost;
    return this.#steps <= maxSteps;
  }

  /** What is wrong with a value that was just made: it, or all that was made so far, is too much. */
  complaint(value: Value): string | undefined {
    if (typeof value === 'string') {
      if (value.length > Limits.text) return 'The string is too long.';
      return value.length < short || this.step(value.length / 64) ? undefined : tooManySteps;
    }
    if (!isList(value) && !isDictionary(value)) return undefined;
    if (this.#weights.has(value)) return undefined;
    return this.#complaintOf(value, this.#weigh(value));
  }

  /** The same of a list or dictionary that was just put together from two. */
  complaintOfSum(value: List | Dictionary, parts: readonly [Value, Value]): string | undefined {
    const weight = this.#weigh(parts[0]) + this.#weigh(parts[1]);
    this.#weights.set(value, weight);
    return this.#complaintOf(value, weight);
  }

  #complaintOf(value: List | Dictionary, weight: number): string | undefined {
    if (weight > Limits.list) return `The ${isList(value) ? 'list' : 'dictionary'} is too long.`;
    const count = isList(value) ? value.length : value.size * 4;
    return this.step(count < long ? count / 16 : count / 4) ? undefined : tooManySteps;
  }

  #weigh(value: Value): number {
    if (typeof value === 'string') return 1 + value.length / 64;
    if (!isList(value) && !isDictionary(value)) return 1;
    const known = this.#weights.get(value);
    if (known !== undefined) return known;
    let weight = 1;
    for (const item of value.values()) weight += this.#weigh(item);
    this.#weights.set(value, weight);
    return weight;
  }

  static readonly text = 16 * 1024 * 1024;
  static readonly list = 8 * 1024 * 1024;
  /** `subdir()` and `subproject()` inside of one another. */
  static readonly nesting = 200;
  /** What functions, and turns of loops, cost more than operators. */
  static readonly call = 20;
  static readonly turn = 5;
}

export const tooManySteps = 'The build files ask for too many steps.';

/** Shorter strings cost nothing of themselves. */
const short = 4096;

/** Lists that people write are shorter. */
const long = 100_000;

const maxSteps = 20_000_000;
