import type { BuildContext } from '../build-context.ts';

/** How long to wait before asking again for what others hold. */
const againMs = 20;

/** Whether one more action may start: a token for each but the first, and a limit to the load. */
export class JobGate {
  readonly #context: Pick<BuildContext, 'host' | 'jobShare'>;
  readonly #maxLoad: number | undefined;
  /** Tokens we hold: one less than run. */
  #held = 0;

  constructor(context: Pick<BuildContext, 'host' | 'jobShare'>, maxLoad: number | undefined) {
    this.#context = context;
    this.#maxLoad = maxLoad;
  }

  /** Beside so many that run; without any, one always may. */
  admits(running: number): boolean {
    const { host, jobShare } = this.#context;
    if (running === 0) return true;
    if (this.#maxLoad !== undefined && (host.processes.loadAverage?.() ?? 0) >= this.#maxLoad) {
      return false;
    }
    if (jobShare === undefined || this.#held >= running) return true;
    if (!jobShare.take()) return false;
    this.#held++;
    return true;
  }

  /** Gives back the tokens that so many need no longer. */
  keepFor(running: number): void {
    while (this.#held > Math.max(0, running - 1)) {
      this.#context.jobShare?.give();
      this.#held--;
    }
  }

  later(): Promise<void> {
    return this.#context.host.clock.pause(againMs);
  }
}
