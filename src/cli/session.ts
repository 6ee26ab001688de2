import { signalNumber } from '../base/signals.ts';
import type { Ended, Host } from '../host/host.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What every command gets: the world, the terminal, and who it is. */
export interface Session {
  readonly host: Host;
  readonly terminal: Terminal;
  /** Events are printed as JSON, one a line, and nothing else. */
  readonly json: boolean;
  /**
   * Runs work that ends when it is told to, by INT, TERM or HUP (the reason of the signal's abortion).
   * At all other times these end kaon itself, at once: evaluation is synchronous and would hear nothing.
   */
  readonly interruptible: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  /** Called in Meson's place: it answers with Meson's version and exit codes. */
  readonly asMeson: boolean;
  /** The command line that runs this kaon, for tools that call back. */
  readonly self: readonly string[];
  /** Differs from that of any other kaon. */
  readonly builder: string;
  /**
   * The launcher looked and left word for this process. Without it such word is of a process of the
   * same number that did not come to read it.
   */
  readonly looked: boolean;
  /**
   * Build directories that a kaon works in whose command we are (a run target that calls `meson test`): it
   * waits for us, so that we do not wait for it. Its log is its own, and what we do stays unknown to it.
   */
  readonly within: Set<string>;
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
  /** Words that are no command line; what that comes to depends on whose place they were said in. */
  usage: 258,
  /** A defect of kaon. */
  bug: 70,
  interrupted: 130,
} as const;

/** Above all that this process can exit with. */
const passed = 512;

/** What another program exited with, which is passed on whatever it means. */
export function passedOn(code: number): number {
  return passed + code;
}

/** The same of one that may have been killed: by its signal, as shells tell it. */
export function passedOnEnd(ended: Exclude<Ended, { readonly kind: 'not-started' }>): number {
  if (ended.kind === 'exited') return passedOn(ended.code);
  return ended.kind === 'killed' ? passedOn(128 + signalNumber(ended.signal)) : exitCodes.failed;
}

/** What is passed on; undefined where a code is our own. */
export function passedCode(code: number): number | undefined {
  return code >= passed ? code - passed : undefined;
}

/** Signals that end a command. What they interrupt exits with 128 and their number. */
export const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
