import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Graph } from '../graph/graph.ts';
import type { Model } from '../model/model.ts';
import type { Target, TargetId } from '../model/target.ts';
import { planBuildTarget } from './build-target.ts';
import { newContext, type PlanContext } from './context.ts';
import { planCustomTarget } from './custom-target.ts';
import { planGoals } from './goals.ts';
import { planAliasTarget, planRunTarget } from './run-target.ts';

/** What a project means as work: the graph, and what other stages ask of its targets. */
export interface Plan {
  readonly graph: Graph;
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans a project: each target becomes actions. */
export function plan(model: Model): Plan {
  const context = newContext(model);
  for (const [id, target] of model.targets.entries()) planTarget(context, id, target);
  planGoals(context);
  return { graph: context.graph.build(), diagnostics: context.diagnostics };
}

function planTarget(context: PlanContext, id: TargetId, target: Target): void {
  switch (target.kind) {
    case 'build':
      planBuildTarget(context, id);
      break;
    case 'custom':
      planCustomTarget(context, id, target);
      break;
    case 'run':
      planRunTarget(context, target);
      break;
    case 'alias':
      planAliasTarget(context, target);
      break;
  }
}
