import type { ActionId } from '../graph/graph.ts';
import type { Performance } from './perform/perform-action.ts';

/** Signals that end a build. */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A signal that ends a build. */
export type StopSignal = (typeof stopSignals)[number];

/** How long a process may take to end after it was asked, and after it was told. */
const askedMs = 700;
const toldMs = 1400;

/**
 * Ends all that runs within two seconds: the user's signal first, then TERM, then KILL. Processes
 * of a group may outlive the first of it, so each group is killed once that one has ended.
 */
export function endChildren(running: ReadonlyMap<ActionId, Performance>, signal: StopSignal): void {
  const all = [...running.values()];
  for (const child of all) child.kill(signal);
  const timers = [
    setTimeout(() => {
      for (const child of all) child.kill('SIGTERM');
    }, askedMs),
    setTimeout(() => {
      for (const child of all) child.kill('SIGKILL');
    }, toldMs),
  ];
  const groups = all.map((child) => child.done.finally(() => child.kill('SIGKILL')));
  Promise.allSettled(groups).then(() => timers.forEach(clearTimeout));
}
