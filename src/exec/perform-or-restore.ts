import type { Action } from '../graph/graph.ts';
import type { BuildContext } from './build-context.ts';
import { isCacheable, restoreAction } from './cached-action.ts';
import { type Performance, type Performed, performAction } from './perform-action.ts';

/** Who is told of an action's work while it is under way. */
export interface WorkListener {
  /** It was not taken from the cache. */
  readonly started: (performance: Performance) => void;
  /** One of its outputs is ready before its end. */
  readonly ready: (path: string) => void;
}

/** Takes what an action makes from the cache, or starts its work. */
export function performOrRestore(
  context: BuildContext,
  action: Action,
  { started, ready }: WorkListener,
): Performance {
  if (!isCacheable(context, action)) {
    const performance = performAction(context, action, ready);
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
    inner = performAction(context, action, ready);
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
