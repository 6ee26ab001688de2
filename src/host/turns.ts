import type { Clock } from './host.ts';

/** How long work may go on before others get their turn: people do not see that, and signals can wait. */
const turnMs = 20;

/**
 * Lets others do something in the midst of long work. Each pause takes a millisecond, however little there
 * is to do for others, so that there is none between steps which are short.
 */
export class Turns {
  readonly #clock: Pick<Clock, 'monotonicMs' | 'pause'>;
  #lastMs: number;

  constructor(clock: Pick<Clock, 'monotonicMs' | 'pause'>) {
    this.#clock = clock;
    this.#lastMs = clock.monotonicMs();
  }

  async take(): Promise<void> {
    if (this.#clock.monotonicMs() - this.#lastMs < turnMs) return;
    await this.#clock.pause(0);
    this.#lastMs = this.#clock.monotonicMs();
  }
}
