import { changedEnvironment, type Environment } from '../../base/environment.ts';
import type { Model } from '../../model/model.ts';
import type { Test } from '../../model/test.ts';
import type { PlannedTest, TestPlan } from '../../model/test-plan.ts';
import { isDocumentationTest } from './documentation-test.ts';

/** `intro-tests.json`, or `intro-benchmarks.json`. */
export function introspectTests(
  model: Model,
  plan: TestPlan,
  { benchmarks }: { readonly benchmarks: boolean },
): readonly unknown[] {
  // The plan has them in the same order: those of higher priority first.
  const declared = model.tests.toSorted((a, b) => b.priority - a.priority);
  return plan.tests.flatMap((test, at) => {
    if (test.benchmark !== benchmarks) return [];
    const own = declared[at];
    return [
      {
        cmd: test.argv,
        env: variablesOf(test),
        name: test.name,
        workdir: test.workingDirectory ?? null,
        timeout: test.timeoutSeconds,
        suite: test.suites,
        is_parallel: test.parallel,
        priority: test.priority,
        protocol: test.protocol,
        depends: own === undefined ? [] : dependsOf(model, own),
        extra_paths: test.librarySearch?.folders ?? [],
      },
    ];
  });
}

/** Variables that a test has; folders of libraries are told apart from them. */
function variablesOf({ environment, librarySearch }: PlannedTest): Environment {
  const own = environment.filter((change) => librarySearch?.changes.includes(change) !== true);
  return changedEnvironment({}, own);
}

/** Ids of targets: a documentation test is compiled and run by rustdoc, and is none. */
function dependsOf({ targets }: Model, test: Test): readonly string[] {
  const named = test.command.flatMap((word) => (word.kind === 'target' ? [word.target] : []));
  return [...new Set([...test.depends, ...named])]
    .map((id) => targets.get(id))
    .filter((target) => !isDocumentationTest(target))
    .map(({ introspectionId }) => introspectionId);
}
