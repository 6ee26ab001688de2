/** How much a project may ask of the evaluator: more is a mistake, or means harm. */
export class Limits {
  #steps = 0;

  /** Counts one more thing evaluated; says when it is too much. */
  step(): boolean {
    this.#steps++;
    return this.#steps <= maxSteps;
  }

  static readonly text = 64 * 1024 * 1024;
  static readonly list = 8 * 1024 * 1024;
  /** `subdir()` and `subproject()` inside of one another. */
  static readonly nesting = 200;
}

const maxSteps = 200_000_000;
