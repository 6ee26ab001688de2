import type { Diagnostic } from '../diag/diagnostic.ts';

const mostErrors = 100;

/** What a parse complains of: warnings, then the errors in the order in which Meson would meet them. */
export class Problems {
  readonly warnings: Diagnostic[] = [];
  readonly #errors: Diagnostic[] = [];
  #lastOffset = -1;
  /** Set while text is skipped whose error is already told. */
  quiet = false;

  /** Adds an error that was met at an offset. A second one at the same offset only follows from the first. */
  report(error: Diagnostic, offset: number): void {
    if (this.quiet || this.full || offset === this.#lastOffset) return;
    this.#lastOffset = offset;
    this.#errors.push(error);
  }

  /** Whether so much is wrong that more would not help. */
  get full(): boolean {
    return this.#errors.length >= mostErrors;
  }

  get all(): readonly Diagnostic[] {
    return [...this.warnings, ...this.#errors];
  }
}
