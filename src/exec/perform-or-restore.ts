import type { Action } from '../graph/graph.ts';
import type { BuildContext } from './build-context.ts';
import { isCacheable, restoreAction } from './cached-action.ts';
import {
  type Performance,
  type Performed,
  performAction,
  type WorkOptions,
} from './perform-action.ts';

export interface PerformOptions extends WorkOptions {
  /** Told where it was not taken from the cache. */
  readonly started: (performance: Performance) => void;
}

/** Takes what an action makes from the cache, or starts its work. */
export function performOrRestore(
  context: BuildContext,
  action: Action,
  options: PerformOptions,
): Performance {
  if (!isCacheable(context, action)) {
    const performance = performAction(context, action, options);
    options.started(performance);
    return performance;
  }
  let inner: Performance | undefined;
  let stopped = false;
  const perform = async (): Promise<Performed> => {
    const said = await restoreAction(context, action);
    if (said !== undefined) return { kind: 'succeeded', output: said, restored: true };
    if (stopped) {
      return { kind: 'failed', exit: { kind: 'signal', signal: 'SIGTERM' }, output: '' };
    }
    inner = performAction(context, action, options);
    options.started(inner);
    return inner.done;
  };
  return {
    done: perform(),
    // Known once the work has started.
    get groupId() {
      return inner?.groupId;
    },
    get groupStays() {
      return inner?.groupStays;
    },
    kill: (signal) => {
      stopped = true;
      inner?.kill(signal);
    },
  };
}
