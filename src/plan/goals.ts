import type { TargetId } from '../model/target.ts';
import type { Test } from '../model/test.ts';
import type { PlanContext } from './context.ts';
import { crateTest } from './languages/rust/units/products.ts';
import { targetFile, targetOutputs } from './paths.ts';

/** Names what is built without being asked for, and what tests and benchmarks need. */
export function planGoals(context: PlanContext): void {
  const { model } = context;
  const byDefault = [...model.targets.entries()]
    .filter(([, target]) => target.buildByDefault)
    .map(([id]) => id);
  addGoal(context, 'all', { targets: byDefault });
  const tests = model.tests.filter(({ benchmark }) => !benchmark);
  addGoal(context, 'meson-test-prereq', neededBy(context, tests));
  const benchmarks = model.tests.filter(({ benchmark }) => benchmark);
  addGoal(context, 'meson-benchmark-prereq', neededBy(context, benchmarks));
}

interface Goal {
  readonly targets: readonly TargetId[];
  readonly files?: readonly string[];
}

/** Targets that tests run, name or depend on, and what has to be there before tests of crates. */
function neededBy(context: PlanContext, tests: readonly Test[]): Goal {
  return {
    targets: tests.flatMap((test) => [
      ...test.command.flatMap((word) => (word.kind === 'target' ? [word.target] : [])),
      ...test.depends,
    ]),
    files: tests.flatMap((test) =>
      test.crate === undefined ? [] : crateTest(context, test.crate, test).depends,
    ),
  };
}

/** One output of each target is enough: the action makes all of them. What crates make is copied one by one. */
function addGoal(context: PlanContext, name: string, { targets, files = [] }: Goal): void {
  const { graph, model } = context;
  const made = targets.flatMap((id) => {
    const target = model.targets.get(id);
    if (target.kind === 'custom' && target.crate !== undefined) return targetOutputs(target);
    return target.kind === 'build' || target.kind === 'custom' ? [targetFile(target)] : [];
  });
  graph.goal(name, { files: [...new Set([...made, ...files])].map((path) => graph.file(path)) });
}
