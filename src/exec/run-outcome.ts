import type { ActionId } from '../graph/graph.ts';
import type { StopSignal } from './end-children.ts';

/** How a build that was started ended, and what it did. */
export type RunOutcome = RunCounts &
  (
    | { readonly kind: 'succeeded' }
    | { readonly kind: 'failed' }
    | { readonly kind: 'interrupted'; readonly signal: StopSignal }
    /** What was done could not be written down, so it is done again next time. */
    | { readonly kind: 'state-lost'; readonly reason: string }
  );

/** How many actions of a build came to what. */
export interface RunCounts {
  readonly ran: number;
  readonly fresh: number;
  readonly failed: readonly ActionId[];
  /** Not tried: what they need failed, or the build ended before. */
  readonly skipped: number;
  /** Done, and yet to be done again next time. */
  readonly unrecorded: number;
}

/** What became of a run that did so much. */
export function runOutcome(
  counts: RunCounts,
  ended: {
    readonly interruptedBy: StopSignal | undefined;
    readonly stateLost: string | undefined;
  },
): RunOutcome {
  const { interruptedBy, stateLost } = ended;
  if (interruptedBy !== undefined) return { ...counts, kind: 'interrupted', signal: interruptedBy };
  if (stateLost !== undefined) return { ...counts, kind: 'state-lost', reason: stateLost };
  return { ...counts, kind: counts.failed.length > 0 ? 'failed' : 'succeeded' };
}
