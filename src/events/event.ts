import type { Diagnostic } from '../diag/diagnostic.ts';
import type { ActionId } from '../graph/graph.ts';

/** How a process ended. */
export type Exit =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'not-started'; readonly reason: string }
  | { readonly kind: 'timeout'; readonly afterMs: number };

/**
 * What happened: one union, so that reporters are interchangeable. Times are milliseconds since the
 * Unix epoch. Output is what a tool wrote, untrusted: reporters show its colours and nothing else
 * that commands a terminal.
 */
export type Event =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'diagnostic'; readonly diagnostic: Diagnostic }
  | {
      readonly kind: 'build-started';
      readonly atMs: number;
      readonly jobs: number;
      /** What earlier parts of the same build did: totals count it, too. */
      readonly before?: { readonly ended: number; readonly failed: number };
    }
  | {
      /** How many actions have to run, as far as is known now; told again when that changes. */
      readonly kind: 'build-planned';
      readonly total: number;
      /** Milliseconds of work left by the times of earlier builds, on one core; absent when unknown. */
      readonly workLeftMs?: number;
    }
  | {
      readonly kind: 'action-started';
      readonly atMs: number;
      readonly action: ActionId;
      readonly description: string;
      /** The command as a line for a shell; empty for work that kaon does itself. */
      readonly commandLine: string;
      readonly slot: number;
      /** It has the terminal until it ends: nothing else may be drawn there. */
      readonly console: boolean;
    }
  | {
      /** All its early outputs are ready: what needs no others of it may start. */
      readonly kind: 'action-ready-early';
      readonly atMs: number;
      readonly action: ActionId;
    }
  | {
      readonly kind: 'action-finished';
      readonly atMs: number;
      readonly action: ActionId;
      readonly description: string;
      readonly how: 'ran' | 'restored';
      /** Whether any output differs from before; if not, what depends on it may stay as it is. */
      readonly changed: boolean;
      readonly durationMs: number;
      readonly output: string;
      /** The same as rustc writes it for programs, a line of JSON each. */
      readonly diagnostics?: string;
    }
  | {
      readonly kind: 'action-failed';
      readonly atMs: number;
      readonly action: ActionId;
      readonly description: string;
      readonly commandLine: string;
      readonly exit: Exit;
      readonly durationMs: number;
      readonly output: string;
      readonly diagnostics?: string;
    }
  | {
      readonly kind: 'build-finished';
      readonly atMs: number;
      readonly durationMs: number;
      readonly ran: number;
      readonly fresh: number;
      readonly failed: number;
      /** Not tried, because something they need failed. */
      readonly skipped: number;
      readonly interrupted: boolean;
    }
  | {
      readonly kind: 'tests-started';
      readonly atMs: number;
      readonly total: number;
      readonly jobs: number;
    }
  | {
      readonly kind: 'test-started';
      readonly atMs: number;
      readonly test: string;
      readonly number: number;
    }
  | {
      readonly kind: 'test-finished';
      readonly atMs: number;
      readonly number: number;
      readonly total: number;
      readonly test: string;
      readonly outcome: TestOutcome;
      readonly durationMs: number;
      readonly exit: Exit;
      /** The parts of a TAP, rust or gtest run. */
      readonly subtests: readonly Subtest[];
      readonly stdout: string;
      readonly stderr: string;
      readonly commandLine: string;
      /** What Meson prints after the time: `exit status 1`, `2/17 subtests passed`. */
      readonly detail: string;
    }
  | {
      readonly kind: 'tests-finished';
      readonly atMs: number;
      readonly durationMs: number;
      readonly counts: Readonly<Record<TestOutcome, number>>;
    };

/** Meson's outcomes (Reference: "Unit tests"). */
export type TestOutcome =
  | 'ok'
  | 'fail'
  | 'expected-fail'
  | 'unexpected-pass'
  | 'skip'
  /** It ran, but its output went to the terminal and was not parsed. */
  | 'ignored'
  | 'timeout'
  | 'interrupted'
  | 'error';

/** One line of a test that tells of its parts (TAP, rust, gtest). */
export interface Subtest {
  readonly name: string;
  readonly outcome: TestOutcome;
  readonly explanation?: string;
}

/** Who is told what happened. */
export type Listener = (event: Event) => void;
