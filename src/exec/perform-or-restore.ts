import type { Action } from '../graph/graph.ts';
import type { BuildContext } from './build-context.ts';
import { isCacheable, restoreAction } from './cached-action.ts';
import { type Performance, type Performed, performAction } from './perform-action.ts';

/** Takes what an action makes from the cache, or starts its work; `started` is told of the latter. */
export function performOrRestore(
  context: BuildContext,
  action: Action,
  started: (performance: Performance) => void,
): Performance {
  if (!isCacheable(context, action)) {
    const performance = performAction(context, action);
    started(performance);
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
    inner = performAction(context, action);
    started(inner);
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
