import { type BuildContext, outputPaths } from './build-context.ts';
import { actionKey, commandText } from './command-text.ts';

/**
 * Takes files as they are now for what their actions made. A command may write what it reads: rustfmt
 * follows a file's modules, and those may be made by others. Were they made anew, it would write them again.
 */
export function takeRewritten(context: BuildContext, paths: readonly string[]): void {
  const { files, graph, host, log, producersByPath } = context;
  const rewritten = new Set(paths);
  for (const path of rewritten) files.forget(path);
  for (const maker of new Set(paths.map((path) => producersByPath.get(path)))) {
    if (maker === undefined) continue;
    const action = graph.actions.get(maker);
    const record = log.action(actionKey(graph, action));
    if (record === undefined) continue;
    const made = outputPaths(context, action);
    log.succeed({
      ...record,
      command: commandText(graph, action, host.system.environment),
      outputs: record.outputs.map((id, at) => {
        const path = made[at];
        return path !== undefined && rewritten.has(path) ? files.content(path) : id;
      }),
    });
  }
}
