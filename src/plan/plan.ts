import { unreachable } from '../base/assert.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Graph } from '../graph/graph.ts';
import type { CrateArtifact } from '../model/crate-artifact.ts';
import type { InstallPlan } from '../model/install-plan.ts';
import type { Model, Script } from '../model/model.ts';
import type { PlannedCrate, PlannedTarget } from '../model/planned-target.ts';
import type { Target, TargetId } from '../model/target.ts';
import type { TestPlan } from '../model/test-plan.ts';
import { planBuildTarget } from './build-target.ts';
import { commandFromBuild } from './commands/absolute-command.ts';
import { planCustomTarget } from './commands/custom-target.ts';
import { planAliasTarget, planRunTarget } from './commands/run-target.ts';
import { newContext, type PlanContext } from './context.ts';
import { cycleIn } from './cycle.ts';
import { planGoals } from './goals.ts';
import { planInstall } from './install/install-plan.ts';
import { crateArtifacts } from './languages/rust/units/crate-artifacts.ts';
import { planUnits } from './languages/rust/units/plan-units.ts';
import { plannedCrates } from './languages/rust/units/planned-crates.ts';
import { plannedTargets } from './planned-targets.ts';
import { planTests } from './test-plan.ts';

/** What a project means as work: the graph, and what other stages ask of its targets. */
export interface Plan {
  readonly graph: Graph;
  readonly diagnostics: readonly Diagnostic[];
  readonly targets: readonly PlannedTarget[];
  readonly crates: readonly PlannedCrate[];
  readonly artifacts: readonly CrateArtifact[];
  readonly tests: TestPlan;
  readonly install: InstallPlan;
  readonly scripts: PlannedScripts;
  /** Libraries that are not of the project and that links wait for: without one of them the plan is another. */
  readonly systemLibraries: readonly string[];
}

/** Scripts that run after setup and when a distribution is made, with whole paths. */
export interface PlannedScripts {
  readonly postconf: readonly PlannedScript[];
  readonly dist: readonly PlannedScript[];
}

/** A script with the words of its command resolved. */
export interface PlannedScript {
  readonly subproject: string;
  readonly argv: readonly string[];
  readonly environment: Script['environment'];
}

/** What planning cannot know from the model. */
export interface PlanSettings {
  /** What `MESONINTROSPECT` is to say: the command that introspects a build directory. */
  readonly introspect: readonly string[];
  /** Whether someone made a folder of the build directory already: a configure script before us, for one. */
  readonly isBuildFolder?: (path: string) => boolean;
  /** Whether an absolute path is a file, for libraries that are linked by name. */
  readonly isFile?: (path: string) => boolean;
}

/** Plans a project: each target becomes actions. */
export function plan(model: Model, settings: PlanSettings = { introspect: [] }): Plan {
  const context = newContext(model, settings);
  for (const build of model.crates ?? []) planUnits(context, build);
  for (const [id, target] of model.targets.entries()) {
    const told = context.diagnostics.length;
    planTarget(context, id, target);
    tellWhere(context, told, id);
  }
  planGoals(context);
  const script = ({ subproject, command, environment }: Script): PlannedScript => ({
    subproject,
    argv: commandFromBuild(context, command),
    environment,
  });
  const tests = planTests(context);
  const graph = context.graph.build();
  const targets = plannedTargets(context);
  const cycle = cycleIn(graph, (output) => {
    const made = targets.find(({ outputs }) => outputs.includes(output));
    return made && model.declaredAt.get(made.id);
  });
  if (cycle !== undefined) context.diagnostics.push(cycle);
  return {
    graph,
    diagnostics: unique(context.diagnostics),
    targets,
    crates: plannedCrates(context),
    artifacts: crateArtifacts(context),
    tests,
    install: planInstall(context, settings.introspect),
    systemLibraries: [...context.systemLibraries],
    scripts: {
      postconf: model.postconfScripts.map(script),
      dist: model.distScripts.map(script),
    },
  };
}

/** Names what was planned when something was found wrong: the messages are Meson's, and name no place. */
function tellWhere({ model, diagnostics }: PlanContext, from: number, id: TargetId): void {
  const place = model.declaredAt.get(id);
  if (place === undefined) return;
  for (const diagnostic of diagnostics.splice(from)) {
    const isPlaced = diagnostic.place !== undefined || diagnostic.related.length > 0;
    const related = [{ place, message: 'declared here' }];
    diagnostics.push(isPlaced ? diagnostic : { ...diagnostic, related });
  }
}

/** A file that several targets share may be told of by each. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byMessage = new Map(diagnostics.map((diagnostic) => [diagnostic.message, diagnostic]));
  return [...byMessage.values()];
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
    default:
      unreachable(target);
  }
}
