import { NumberRow } from '../base/number-row.ts';
import type { ActionId } from '../graph/graph.ts';

/** When actions of one build started: in milliseconds, four bytes for each. */
export class StartTimes {
  readonly #beganMs: number;
  /** Since the build began, and 1. */
  readonly #since = new NumberRow();

  constructor(beganMs: number) {
    this.#beganMs = beganMs;
  }

  note(id: ActionId, startedAtMs: number): void {
    this.#since.set(id, Math.max(0, startedAtMs - this.#beganMs) + 1);
  }

  /** Nothing of what did not run. */
  of(id: ActionId): number | undefined {
    const since = this.#since.get(id);
    return since === 0 ? undefined : this.#beganMs + since - 1;
  }
}
