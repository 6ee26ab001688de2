import type { Clock } from '../../host/host.ts';

/** After so long without a change they are taken to be one: editors and checkouts write more than once. */
const quietMs = { few: 15, many: 40 } as const;
/** As many as an editor writes when it saves a file. */
const few = 3;
/** So long a checkout may take before we build what there is. */
const longestMs = 10_000;

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
      const quiet = this.#paths.size > few ? quietMs.many : quietMs.few;
      const rest = this.#lastAtMs + quiet - now;
      if (stop.aborted || now - firstAtMs > longestMs) break;
      if (rest <= 0 && !busy()) break;
      await this.#clock.pause(Math.max(rest, 5));
    }
    const paths = new Set(this.#paths);
    this.#paths.clear();
    return stop.aborted ? new Set() : paths;
  }
}
