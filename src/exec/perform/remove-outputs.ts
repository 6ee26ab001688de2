import type { Action, FileId } from '../../graph/graph.ts';
import { type BuildContext, outputPaths } from '../build-context.ts';
import { hostPath } from '../build-place.ts';

/** Removes what a failed or interrupted action left, but for some: nobody shall take it for whole. Folders stay. */
export function removeOutputs(
  context: BuildContext,
  action: Action,
  keep: readonly FileId[] = [],
): void {
  const { files } = context.host;
  for (const output of action.outputs) {
    if (keep.includes(output)) continue;
    const path = hostPath(context.place, context.graph.files.get(output));
    const kind = files.lstat(path)?.kind;
    if (kind !== undefined && kind !== 'directory') files.remove(path);
  }
  for (const path of outputPaths(context, action)) context.files.forget(path);
}

/** The same, where what failed may leave what it made; an interrupted action may not leave what it touched. */
export function removeFailedOutputs(
  context: BuildContext,
  action: Action,
  { interruptedBy }: { readonly interruptedBy: string | undefined },
): void {
  const { files, graph, keeps } = context;
  if (keeps?.failedOutputs !== true) {
    removeOutputs(context, action);
    return;
  }
  const isUntouched = (path: string): boolean => files.isKnown(path) && !files.hasChanged(path);
  const kept = action.outputs.filter((output) => {
    if (interruptedBy === undefined) return true;
    // It may have been begun anew because of a header that the depfile, which is touched, named.
    return action.depfile === undefined && isUntouched(graph.files.get(output));
  });
  removeOutputs(context, action, kept);
}
