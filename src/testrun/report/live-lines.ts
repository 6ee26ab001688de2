/** The bottom of a terminal, for what changes while tests run. */
export interface LiveLines {
  readonly show: (lines: readonly string[]) => void;
  readonly nowMs: () => number;
  /** Calls again and again until told to stop. */
  readonly every: (milliseconds: number, draw: () => void) => () => void;
}
