import { invariant } from '../../base/assert.ts';
import { quoteWords } from '../../base/shell-words.ts';
import type { AliasTarget, RunTarget } from '../../model/target.ts';
import { type PlanContext, severalProducers } from '../context.ts';
import { consolePool } from '../link/link-pool.ts';
import { targetOutputs } from '../paths.ts';
import { outputsOf, replacePlaces, resolveWords } from './command-words.ts';

/** Adds the action of a run target, and its name as a goal. */
export function planRunTarget(context: PlanContext, target: RunTarget): void {
  const { graph, model } = context;
  const command = resolveWords(context, target.command, (text) =>
    replacePlaces(context, target.subdir, text).replaceAll('\\', '/'),
  );
  const inputs = new Set([...command.inputs, ...outputsOf(context, target.depends)]);
  const set = (name: string, value: string) => ({ kind: 'set' as const, name, value });
  const added = graph.add({
    rule: 'CUSTOM_COMMAND',
    description: `Running external command ${target.name}`,
    work: {
      kind: 'command',
      argv: command.argv,
      environment: [
        ...target.environment,
        set('MESON_SOURCE_ROOT', model.sourceRoot),
        set('MESON_BUILD_ROOT', model.buildRoot),
        set('MESON_SUBDIR', target.subdir),
        set('MESONINTROSPECT', quoteWords(context.introspect)),
      ],
    },
    inputs: [...inputs].map((path) => graph.file(path)),
    orderOnly: [],
    outputs: [],
    earlyOutputs: [],
    pool: consolePool(context),
    alwaysRun: true,
    removeOutputsFirst: false,
  });
  invariant(added.ok, 'what makes no file is in no conflict over one');
  checkName(context, target);
  graph.goal(goalName(context, target), { actions: [added.value] });
}

/** A file at the top of the build directory and a goal of one name: whoever asks for it would get either. */
function checkName(context: PlanContext, target: RunTarget | AliasTarget): void {
  const name = goalName(context, target);
  const isTaken =
    context.graph.hasGoal(name) ||
    [...context.model.targets.values()].some(
      (other) =>
        (other.kind === 'build' || other.kind === 'custom') &&
        other.buildSubdir === '' &&
        targetOutputs(other).includes(name),
    );
  if (isTaken) context.diagnostics.push(severalProducers(context, name));
}

/** Makes an alias a goal: the outputs of what it stands for, and the run targets among it. */
export function planAliasTarget(context: PlanContext, target: AliasTarget): void {
  const { graph, model } = context;
  const name = goalName(context, target);
  checkName(context, target);
  graph.goal(name, {
    files: outputsOf(context, target.targets).map((path) => graph.file(path)),
  });
  for (const id of target.targets) {
    const inner = model.targets.get(id);
    if (inner.kind !== 'run' && inner.kind !== 'alias') continue;
    const goal = graph.build().goals.get(goalName(context, inner));
    if (goal !== undefined) graph.goal(name, goal);
  }
}

/** Names of run targets and aliases lie in one space; a subproject's have its name before them. */
export function goalName(context: PlanContext, target: RunTarget | AliasTarget): string {
  const { subproject } = context.model.projects.get(target.project);
  return subproject === '' ? target.name : `${subproject}@@${target.name}`;
}
