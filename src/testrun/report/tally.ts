import type { TestOutcome } from '../../events/event.ts';
import { isBad } from '../test-run.ts';
import type { NumberedResult, TestTotals } from './observer.ts';

/** Counts results while tests run. */
export class TestTally {
  readonly #failures: NumberedResult[] = [];
  readonly #counts: Record<TestOutcome, number> = {
    ok: 0,
    fail: 0,
    'expected-fail': 0,
    'unexpected-pass': 0,
    skip: 0,
    ignored: 0,
    timeout: 0,
    interrupted: 0,
    error: 0,
  };
  #number = 0;

  /** The next number. */
  number(): number {
    return ++this.#number;
  }

  add(result: NumberedResult, { becauseOfMaxFail }: { readonly becauseOfMaxFail: boolean }): void {
    this.#counts[result.outcome]++;
    const collateral = result.outcome === 'interrupted' && becauseOfMaxFail;
    if (isBad(result.outcome) && !collateral) this.#failures.push(result);
  }

  /** What Meson calls `Fail`: timeouts and unexpected passes are counted apart. */
  get failed(): number {
    return this.#counts.fail + this.#counts.error + this.#counts.interrupted;
  }

  get allFailed(): number {
    return this.failed + this.#counts['unexpected-pass'] + this.#counts.timeout;
  }

  totals(durationMs: number): TestTotals {
    return { counts: { ...this.#counts }, failures: [...this.#failures], durationMs };
  }
}
