import type { TargetId } from '../model/target.ts';
import type { PlanContext } from './context.ts';
import { crateTest } from './languages/rust/units/products.ts';
import { targetFile, targetOutputs } from './paths.ts';

/** Names what is built without being asked for, and what tests and benchmarks need. */
export function planGoals(context: PlanContext): void {
  const { model } = context;
  const byDefault = [...model.targets.entries()]
    .filter(([, target]) => target.buildByDefault)
    .map(([id]) => id);
  addGoal(context, 'all', byDefault);
  addGoal(context, 'meson-test-prereq', testTargets(context, false), crateFiles(context, false));
  addGoal(context, 'meson-benchmark-prereq', testTargets(context, true), crateFiles(context, true));
}

/** What has to be there before tests of crates. */
function crateFiles(context: PlanContext, benchmark: boolean): readonly string[] {
  return context.model.tests.flatMap((test) =>
    test.crate !== undefined && test.benchmark === benchmark
      ? crateTest(context, test.crate, test).depends
      : [],
  );
}

/** Targets that tests run, name or depend on. */
function testTargets(context: PlanContext, benchmark: boolean): readonly TargetId[] {
  return context.model.tests
    .filter((test) => test.benchmark === benchmark)
    .flatMap((test) => [
      ...test.command.flatMap((word) => (word.kind === 'target' ? [word.target] : [])),
      ...test.depends,
    ]);
}

/** One output of each target is enough: the action makes all of them. What crates make is copied one by one. */
function addGoal(
  context: PlanContext,
  name: string,
  targets: readonly TargetId[],
  more: readonly string[] = [],
): void {
  const { graph, model } = context;
  const files = targets.flatMap((id) => {
    const target = model.targets.get(id);
    if (target.kind === 'custom' && target.crate !== undefined) return targetOutputs(target);
    return target.kind === 'build' || target.kind === 'custom' ? [targetFile(target)] : [];
  });
  graph.goal(name, { files: [...new Set([...files, ...more])].map((path) => graph.file(path)) });
}
