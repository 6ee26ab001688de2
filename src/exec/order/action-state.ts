/**
 * Where an action (or a list of files, which only waits) stands in a build. All changes go through
 * `become` in action-states.ts:
 *
 *     waiting ──▶ ready ─────────▶ running ──▶ done
 *        │          │└──▶ sent ───▶──┘ └──────▶ failed
 *        └──────────┴──▶ done (fresh after all)
 *
 * What was sent is ready again when it is taken back, even if it was taken to be running meanwhile.
 * What waits for something that failed stays waiting. What was ready thanks to early outputs of an
 * action that then failed does not start: it goes from ready or waiting to failed.
 */
export type ActionState =
  /** `blockedBy` others have to be done first. */
  | { readonly kind: 'waiting'; readonly blockedBy: number }
  /** It could run, if there were a slot and room in its pool. */
  | { readonly kind: 'ready' }
  /** It was given ahead and starts by itself when its turn comes, unless it is taken back. */
  | { readonly kind: 'sent'; readonly atMs: number }
  | {
      readonly kind: 'running';
      /** When it was handed over; it may start later, but nothing of it happens before. */
      readonly sentAtMs: number;
      readonly startedAtMs: number;
      readonly slot: number;
    }
  | { readonly kind: 'done'; readonly how: 'fresh' | 'ran' }
  | { readonly kind: 'failed' };
