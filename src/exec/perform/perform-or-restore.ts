import type { Exit } from '../../events/event.ts';
import type { Action, FileId } from '../../graph/graph.ts';
import type { BuildContext } from '../build-context.ts';
import { actionKey } from '../command-text.ts';
import { isCacheable, restoreAction } from './cached-action.ts';
import {
  lastRunOf,
  type Performance,
  type Performed,
  performAction,
  type WorkOptions,
} from './perform-action.ts';

/** How an action is performed, and who is told of one that is. */
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
  const last = lastRunOf(context, action);
  if (last === undefined) forgetFolders(context, action);
  if (last !== undefined || !isCacheable(context, action)) {
    const performance = performAction(context, action, { ...options, last });
    options.started(performance);
    return performance;
  }
  let inner: Performance | undefined;
  let stopped = false;
  const perform = async (): Promise<Performed> => {
    const said = await restoreAction(context, action);
    if (said !== undefined) return { kind: 'succeeded', ...said, restored: true };
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

/** What went wrong with us while it was to be performed. */
export function asFailure(error: unknown): Performed {
  const exit: Exit = { kind: 'not-started', reason: String(error) };
  return { kind: 'failed', exit, output: '' };
}

/** What a folder holds is not looked into, so a half-done one would pass for the one of before. */
function forgetFolders({ files, graph, log }: BuildContext, action: Action): void {
  const key = actionKey(graph, action);
  const isFolder = (output: FileId): boolean => files.isFolder(graph.files.get(output));
  if (log.action(key) !== undefined && action.outputs.some(isFolder)) log.forget(key);
}
