import { err, ok, type Result } from '../base/result.ts';
import type { PlannedTest, PlannedTestSetup, TestPlan } from '../model/test-plan.ts';
import { matchesGlob } from './match-glob.ts';
import type { TestOptions } from './test-options.ts';

/** The tests that a command line means. */
export interface Selection {
  readonly tests: readonly PlannedTest[];
  /** The setup that is used for each test; none when undefined. */
  readonly setupOf: (test: PlannedTest) => PlannedTestSetup | undefined;
  /** For people. */
  readonly warnings: readonly string[];
  /** What to say where there is nothing to run. */
  readonly nothing: string;
}

/** The tests to run, in order; an error is a message about the command line. */
export function selectTests(plan: TestPlan, options: TestOptions): Result<Selection, string> {
  const all = plan.tests
    .filter(({ benchmark }) => benchmark === options.benchmark)
    .toSorted((a, b) => b.priority - a.priority);
  // Whatever names or slices are asked for then is not looked at.
  if (all.length === 0) {
    return ok({ tests: [], setupOf: () => undefined, warnings: [], nothing: 'No tests defined.' });
  }
  const setup = options.setup ?? plan.setups.find(({ isDefault }) => isDefault)?.name;
  // Only projects with tests that are left need the setup.
  const left = all.filter((test) => suits({ test, plan, options, setup: undefined }));
  const setups = setup === undefined ? ok(new Map()) : setupsFor(left, plan, setup);
  if (!setups.ok) return setups;
  const setupOf = (test: PlannedTest): PlannedTestSetup | undefined =>
    setups.value.get(test.project);
  let tests: readonly PlannedTest[] = all.filter((test) =>
    suits({ test, plan, options, setup: setupOf(test) }),
  );
  let warnings: readonly string[] = [];
  if (options.names.length > 0) {
    const named = byNames(tests, options.names);
    if (!named.ok) return named;
    ({ tests, warnings } = named.value);
  }
  const { slice, shard } = options;
  if (slice !== undefined) {
    if (slice.of > tests.length) {
      return err(`number of slices (${slice.of}) exceeds number of tests (${tests.length})`);
    }
    tests = tests.filter((_, index) => index % slice.of === slice.index - 1);
  }
  if (shard !== undefined) {
    tests = tests.filter((_, index) => index % shard.of === shard.index - 1);
  }
  return ok({
    tests,
    setupOf,
    warnings,
    nothing: `No suitable tests defined.${strange(all, options)}`,
  });
}

/** A line about asked suites that no test is in. */
function strange(all: readonly PlannedTest[], { includeSuites }: TestOptions): string {
  const unknown = includeSuites.filter((asked) => !all.some((test) => inSuites(test, [asked])));
  if (unknown.length === 0) return '';
  const named = [...new Set(all.flatMap(({ suites }) => suites.map((suite) => split(suite)[1])))];
  const known = named
    .filter((suite) => suite !== '')
    .sort()
    .join(', ');
  return `\nNo test is in the suite ${unknown.join(', ')}${known === '' ? '' : `; there are ${known}`}.`;
}

/** The name of a test with its suites: `fast+slow - project:name`. */
export function testTitle(test: PlannedTest): string {
  const project = split(test.suites[0] ?? test.project)[0];
  const suites = test.suites.map((suite) => split(suite)[1]).filter((suite) => suite !== '');
  const name = `${project}:${test.name}`;
  return suites.length === 0 ? name : `${suites.join('+')} - ${name}`;
}

function setupsFor(
  tests: readonly PlannedTest[],
  plan: TestPlan,
  wanted: string,
): Result<ReadonlyMap<string, PlannedTestSetup>, string> {
  const found = new Map<string, PlannedTestSetup>();
  for (const project of new Set(tests.map((test) => test.project))) {
    const name = wanted.includes(':') ? wanted : `${project}:${wanted}`;
    const setup = plan.setups.find((each) => each.name === name);
    if (setup === undefined) {
      return err(
        wanted.includes(':')
          ? `Unknown test setup '${wanted}'.`
          : `Test setup '${wanted}' not found from project '${project}'.`,
      );
    }
    found.set(project, setup);
  }
  return ok(found);
}

function suits(asked: {
  readonly test: PlannedTest;
  readonly plan: TestPlan;
  readonly options: TestOptions;
  readonly setup: PlannedTestSetup | undefined;
}): boolean {
  const { test, plan, options, setup } = asked;
  if (inSuites(test, options.excludeSuites)) return false;
  if (test.project === plan.project && options.exclude.includes(test.name)) return false;
  if (options.exclude.includes(`${test.project}:${test.name}`)) return false;
  // Asking for suites overrides what a setup leaves out.
  if (options.includeSuites.length > 0) return inSuites(test, options.includeSuites);
  return setup === undefined || !inSuites(test, setup.excludeSuites);
}

/** `name` is a project or a suite, `:suite` a suite of any project, `project:suite` just that. */
function inSuites(test: PlannedTest, wanted: readonly string[]): boolean {
  return wanted.some((each) => {
    const [project, suite] = split(each);
    return test.suites.some((own) => {
      const [ownProject, ownSuite] = split(own);
      if (suite === '') return project === ownProject || project === ownSuite;
      return suite === ownSuite && (project === '' || project === ownProject);
    });
  });
}

function split(suite: string): readonly [project: string, suite: string] {
  const at = suite.indexOf(':');
  return at === -1 ? [suite, ''] : [suite.slice(0, at), suite.slice(at + 1)];
}

function byNames(
  tests: readonly PlannedTest[],
  names: readonly string[],
): Result<{ tests: readonly PlannedTest[]; warnings: readonly string[] }, string> {
  const patterns = [...new Set(names.map(patternOf))];
  const used = new Set<string>();
  const chosen = tests.filter((test) => {
    const first = patterns.find((name) => isNamed(test, name));
    if (first !== undefined) used.add(first);
    return first !== undefined;
  });
  const unused = patterns.filter((name) => !used.has(name));
  const unknown = unused.find((name) => !tests.some((test) => isNamed(test, name)));
  if (unknown !== undefined) return err(`${unknown} test name does not match any test`);
  const warnings = unused.map((name) => `${name} test name is redundant and was not used`);
  return ok({ tests: chosen, warnings });
}

/** Whether a word means a test: by its name, as `PROJECT:NAME`, `PROJECT:`, or by patterns of these. */
export function isNamed(test: PlannedTest, word: string): boolean {
  const [project, name] = split(patternOf(word));
  return matchesGlob(test.project, project) && matchesGlob(test.name, name);
}

/** `PROJECT:NAME`, where each that is not said is `*`. */
function patternOf(word: string): string {
  const [project, name] = word.includes(':') ? split(word) : ['', word];
  return `${project || '*'}:${name || '*'}`;
}
