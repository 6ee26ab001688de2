/**
 * Where an action (or a list of files, which only waits) stands in a build. All changes go through
 * `become` in build-run.ts:
 *
 *     waiting ──▶ ready ──▶ running ──▶ done
 *        │          │          └──────▶ failed
 *        └──────────┴──▶ done (fresh after all)
 *
 * What waits for something that failed stays waiting. What was ready thanks to early outputs of an
 * action that then failed does not start: it goes from ready or waiting to failed.
 */
export type ActionState =
  /** `blockedBy` others have to be done first. */
  | { readonly kind: 'waiting'; readonly blockedBy: number }
  /** It could run, if there were a slot and room in its pool. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'running'; readonly startedAtMs: number; readonly slot: number }
  | { readonly kind: 'done'; readonly how: 'fresh' | 'ran' }
  | { readonly kind: 'failed' };
