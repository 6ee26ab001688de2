import type { PlannedTarget } from '../model/planned-target.ts';
import type { Target, TargetId } from '../model/target.ts';
import type { PlanContext } from './context.ts';
import { crateProgram } from './languages/rust/units/products.ts';
import { targetOutputs } from './paths.ts';
import { goalName } from './run-target.ts';
import { aliasFiles } from './shared-library.ts';

/** What people and tools may ask of each target. */
export function plannedTargets(context: PlanContext): readonly PlannedTarget[] {
  return [...context.model.targets.entries()].map(([id, target]) => ({
    ...asked(context, target),
    id,
    name: target.name,
    subdir: target.subdir,
    ...factsFor(context, id, target),
  }));
}

function asked(
  context: PlanContext,
  target: Target,
): Pick<PlannedTarget, 'type' | 'files' | 'goal' | 'outputs' | 'aliases' | 'program'> {
  switch (target.kind) {
    case 'build': {
      const outputs = targetOutputs(target);
      const type = target.type.replace('-', '_');
      return {
        type,
        files: target.rust?.doctest === true ? [] : outputs.slice(0, 1),
        goal: undefined,
        outputs,
        aliases: aliasFiles(target),
      };
    }
    case 'custom': {
      const outputs = targetOutputs(target);
      const program = target.crate && crateProgram(context, target, target.crate);
      return {
        ...{ type: 'custom', files: outputs, goal: undefined, outputs, aliases: [] },
        ...(program !== undefined && { program }),
      };
    }
    case 'run':
    case 'alias':
      return {
        type: target.kind,
        files: [],
        goal: goalName(context, target),
        outputs: [],
        aliases: [],
      };
  }
}

function factsFor(
  context: PlanContext,
  id: TargetId,
  target: Target,
): Pick<PlannedTarget, 'compilations' | 'linker' | 'dependencies' | 'crate' | 'rpathToRemove'> {
  const facts = context.facts.get(id);
  const external = target.kind === 'build' ? (context.resolved.get(id)?.external ?? []) : [];
  return {
    compilations: facts?.compilations ?? [],
    linker: facts?.linker,
    dependencies: external.map((dependency) => dependency.name),
    crate: facts?.crate,
    rpathToRemove: facts?.rpathToRemove ?? [],
  };
}
