import type { ActionId } from '../../graph/graph.ts';
import type { StopSignal } from '../end-children.ts';
import type { BuildPlan } from '../plan-build.ts';
import { type RunOutcome, runOutcome } from '../run-outcome.ts';

/** What became of the actions of a run so far, and why nothing new may start. */
export class Tally {
  readonly failed: ActionId[] = [];
  ran = 0;
  /** Of those that ran, which run again next time. */
  unrecorded = 0;
  stateLost: string | undefined;
  interruptedBy: StopSignal | undefined;
  readonly #keepGoing: number;
  #fresh: number;
  #total: number;

  constructor({ fresh, stale, undecided }: BuildPlan, keepGoing: number) {
    this.#keepGoing = keepGoing;
    this.#fresh = fresh;
    this.#total = stale.size + undecided.size;
  }

  /** How many have to run, as far as is known. */
  get total(): number {
    return this.#total;
  }

  get stopping(): boolean {
    return (
      this.interruptedBy !== undefined ||
      this.stateLost !== undefined ||
      (this.#keepGoing > 0 && this.failed.length >= this.#keepGoing)
    );
  }

  /** One need not run, as what it needs came out as it was. */
  freshAfterAll(): void {
    this.#fresh++;
    this.#total--;
  }

  outcome(): RunOutcome {
    const { ran, failed, unrecorded, interruptedBy, stateLost } = this;
    const skipped = this.#total - ran - failed.length;
    const counts = { ran, fresh: this.#fresh, failed, skipped, unrecorded };
    return runOutcome(counts, { interruptedBy, stateLost });
  }
}
