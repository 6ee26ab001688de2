import { unreachable } from '../base/assert.ts';
import type { PlannedTarget } from '../model/planned-target.ts';
import type { BuildTarget, Target, TargetId } from '../model/target.ts';
import { goalName } from './commands/run-target.ts';
import type { PlanContext } from './context.ts';
import { runnerOf } from './languages/runner.ts';
import { crateProgram, crateTargetName } from './languages/rust/units/products.ts';
import { aliasFiles } from './link/shared-library.ts';
import { absolutePath, targetFile, targetOutputs } from './paths.ts';

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
): Pick<
  PlannedTarget,
  'type' | 'files' | 'goal' | 'outputs' | 'aliases' | 'program' | 'crateTarget'
> {
  switch (target.kind) {
    case 'build': {
      const outputs = targetOutputs(target);
      const type = target.type.replace('-', '_');
      const program = startedProgram(context, target);
      return {
        type,
        files: target.rust?.doctest === true ? [] : outputs.slice(0, 1),
        goal: undefined,
        outputs,
        aliases: aliasFiles(target),
        ...(program !== undefined && { program }),
      };
    }
    case 'custom': {
      const outputs = targetOutputs(target);
      const program = target.crate && crateProgram(context, target, target.crate);
      return {
        type: 'custom',
        files: outputs,
        goal: undefined,
        outputs,
        aliases: [],
        ...(program !== undefined && { program }),
        ...(target.crate !== undefined && { crateTarget: crateTargetName(context, target.crate) }),
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
    default:
      return unreachable(target);
  }
}

/** A program that the system cannot start: one of C#, or an archive of classes that has one to start. */
function startedProgram(
  context: PlanContext,
  target: BuildTarget,
): PlannedTarget['program'] | undefined {
  const isProgram = target.type === 'executable' || target.languageKeywords.has('main_class');
  const runner = runnerOf(target, context.model.machines[target.machine].system);
  if (!isProgram || runner.length === 0) return undefined;
  const argv = [...runner, absolutePath(context.paths, targetFile(target))];
  return { argv, environment: [], isDefault: false };
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
