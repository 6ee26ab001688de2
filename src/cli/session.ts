import type { Host } from '../host/host.ts';
import type { Terminal } from './terminal.ts';

/** What every command gets: the world, the terminal, and word of Ctrl-C. */
export interface Session {
  readonly host: Host;
  readonly terminal: Terminal;
  /** Events are printed as JSON, one a line, and nothing else. */
  readonly json: boolean;
  readonly interrupted: AbortSignal;
  /** The command line that runs this kaon, for tools that call back. */
  readonly self: readonly string[];
  /** Differs from that of any other kaon. */
  readonly builder: string;
  /** Absolute: the folder with `wraps/`, `subprojects/` and templates. */
  readonly home: string;
}

/** What a command exits with. */
export const exitCodes = {
  ok: 0,
  /** A build or a test failed. */
  failed: 1,
  /** The command line or a build file is wrong. */
  wrong: 2,
  /** A defect of kaon. */
  bug: 70,
  interrupted: 130,
} as const;
