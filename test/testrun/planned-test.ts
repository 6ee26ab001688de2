import type { PlannedTest } from '../../src/model/test-plan.ts';

/** A test that runs a program of its own name. */
export function plannedTest(name: string, more: Partial<PlannedTest> = {}): PlannedTest {
  return {
    name,
    project: 'proj',
    suites: ['proj'],
    argv: [name],
    environment: [],
    protocol: 'exitcode',
    parallel: true,
    shouldFail: false,
    timeoutSeconds: 30,
    priority: 0,
    verbose: false,
    benchmark: false,
    built: false,
    depends: [],
    ...more,
  };
}
