import type { Clock } from '../../host/host.ts';

/** After so long without a change they are taken to be one: editors and checkouts write more than once. */
const quietMs = { few: 15, many: 40, most: 1000 } as const;
/** As many as an editor writes when it saves a file. */
const few = 3;
/** The more came, the longer the next may take to be noticed on a busy machine: so much each. */
const quietMsPerChange = 0.2;
/** So long changes may come before we build what there is. */
const longestMs = 10_000;
/** So long a checkout may take. */
const longestBusyMs = 60_000;

/** Gathers changes until nothing more comes for a while. What comes while nobody waits is kept. */
export class Changes {
  readonly #clock: Clock;
  readonly #paths = new Set<string>();
  #lastAtMs = 0;
  #wake: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly add = (path: string): void => {
    this.#paths.add(path);
    this.#lastAtMs = this.#clock.monotonicMs();
    this.#wake();
  };

  #quietMs(): number {
    const count = this.#paths.size;
    if (count <= few) return quietMs.few;
    return Math.min(quietMs.most, quietMs.many + count * quietMsPerChange);
  }

  async #saysNothing(since: number): Promise<boolean> {
    await this.#clock.pause(1);
    return this.#lastAtMs === since;
  }

  /** The next changes as one set, which is empty once `stop` is aborted. While `busy`, more are expected. */
  async next(stop: AbortSignal, busy: () => boolean): Promise<ReadonlySet<string>> {
    if (this.#paths.size === 0 && !stop.aborted) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          stop.removeEventListener('abort', wake);
          resolve();
        };
        this.#wake = wake;
        stop.addEventListener('abort', wake);
      });
    }
    const firstAtMs = this.#clock.monotonicMs();
    for (;;) {
      const now = this.#clock.monotonicMs();
      const rest = this.#lastAtMs + this.#quietMs() - now;
      const sinceMs = now - firstAtMs;
      if (stop.aborted || sinceMs > (busy() ? longestBusyMs : longestMs)) break;
      const before = this.#lastAtMs;
      // Where we were busy, what came meanwhile waits behind the end of the pause.
      if (rest <= 0 && !busy() && (await this.#saysNothing(before))) break;
      await this.#clock.pause(Math.max(rest, 5));
    }
    const paths = new Set(this.#paths);
    this.#paths.clear();
    return stop.aborted ? new Set() : paths;
  }
}
