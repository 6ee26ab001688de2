import type { Model } from '../../src/model/model.ts';
import { type PlanSettings, plan } from '../../src/plan/plan.ts';

/** The action that makes a file, as people would write it down: paths for numbers, a command as one line. */
export interface ShownAction {
  readonly command: string;
  readonly inputs: readonly string[];
  readonly orderOnly: readonly string[];
  readonly outputs: readonly string[];
}

/** Plans a model; asks actions by the file they make. */
export function planned(model: Model, settings: Partial<PlanSettings> = {}) {
  const { graph, diagnostics, ...rest } = plan(model, { introspect: [], ...settings });
  const path = (id: Parameters<typeof graph.files.get>[0]): string => graph.files.get(id);
  const byOutput = new Map(
    [...graph.actions.values()].flatMap((action) =>
      action.outputs.map((output) => [path(output), action] as const),
    ),
  );
  const action = (output: string) => {
    const found = byOutput.get(output);
    if (found === undefined)
      throw new Error(`nothing makes ${output}; there are ${[...byOutput.keys()].join(' ')}`);
    return found;
  };
  return {
    graph,
    diagnostics,
    ...rest,
    action,
    files: (): readonly string[] => [...byOutput.keys()],
    command: (output: string): string => {
      const { work } = action(output);
      return work.kind === 'command' ? work.argv.join(' ') : JSON.stringify(work);
    },
    inputs: (output: string): readonly string[] => action(output).inputs.map(path),
    orderOnly: (output: string): readonly string[] =>
      action(output).orderOnly.flatMap((list) => graph.fileLists.get(list).map(path)),
    goal: (name: string): readonly string[] => graph.goals.get(name)?.files.map(path) ?? [],
  };
}
