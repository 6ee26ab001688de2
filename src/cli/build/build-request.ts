import type { Messages } from '../cargo/message-format.ts';

/** What a command wants built, and how. */
export interface BuildRequest {
  /** Names of goals, or files relative to the build directory; the default goal when empty. */
  readonly goals: readonly string[];
  /** 0: as many as the make that called us runs, or there are cores. */
  readonly jobs: number;
  /** Failures before nothing new is started; 0: never. */
  readonly keepGoing: number;
  /** No more is started while the load average is higher. */
  readonly maxLoad?: number | undefined;
  /** Commands are shown whole. */
  readonly verbose: boolean;
  /** Nothing is said where nothing was done. */
  readonly quiet?: boolean;
  /** Only failures are told, and what commands say. */
  readonly silent?: boolean;
  /** What crates do that a later rustc will refuse is told with all that rustc says of it, not by their names alone. */
  readonly futureReport?: boolean;
  /** What crates said that are not made again is said again. */
  readonly repeats?: boolean;
  /** Who gets what compilers say, as they write it for programs; nothing else is told then but faults. */
  readonly diagnostics?: ((lines: string) => void) | undefined;
  /** How messages of compilers are told, if not as they come. */
  readonly messages?: Messages | undefined;
  /**
   * Where crates are only checked, the output that each would have by what it has now. Such a build is a part
   * of what a tool does, which tells itself how that ended.
   */
  readonly checked?: ReadonlyMap<string, string>;
  /** A file to write a trace of the build to. */
  readonly trace?: string | undefined;
}
