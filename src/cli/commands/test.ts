import { posix } from 'node:path';
import type { Command } from 'commander';
import type { PlannedTest } from '../../model/test-plan.ts';
import { selectTests, testTitle } from '../../testrun/select-tests.ts';
import { failedLast, loadHistory, type TestHistory, testKey } from '../../testrun/test-history.ts';
import type { TestOptions } from '../../testrun/test-options.ts';
import { unbuiltProgram } from '../../testrun/unbuilt-program.ts';
import { buildGraph } from '../build/build-graph.ts';
import type { BuildRequest } from '../build/build-request.ts';
import { onStandardError } from '../build/on-standard-error.ts';
import { type Opened, openBuild } from '../build/open-build.ts';
import { asConfigured } from '../cargo/as-configured.ts';
import { cargoJobs } from '../cargo/cargo-jobs.ts';
import {
  cargoOptions,
  defineCargoOptions,
  directoryWord,
  meansAll,
  refusedWords,
} from '../cargo/cargo-words.ts';
import {
  defineTestedWords,
  goalsOfTests,
  lackingFeatures,
  testedCrates,
} from '../cargo/crate-target-words.ts';
import { isMesonProject } from '../cargo/meson-project.ts';
import { withMessages } from '../cargo/with-messages.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import { type Chosen, runChosen, whatTestsRestOn } from '../testing/run-chosen.ts';
import { defineTestOptions, type Given, type Suites, testOptions } from '../testing/test-words.ts';
import { flag, number, type ParsedOptions, parseWords, text, texts } from '../words/parse-words.ts';

/** What tells `git bisect run` to skip a commit that does not build. */
const doesNotBuild = 125;

/** `kaon test [OPTIONS] [TEST …] [-- ARGUMENT …]` */
export async function run(asked: Session, words: readonly string[]): Promise<number> {
  const suites: Suites = { include: [], exclude: [], names: [] };
  const usage = {
    name: 'test',
    summary: 'Build what the tests need, and run them.',
    define: (command: Command) => {
      defineTestOptions(command, suites);
      defineCargoOptions(command);
      defineTestedWords(command);
    },
  };
  const end = words.indexOf('--');
  const [own, behind] = end === -1 ? [words, []] : [words.slice(0, end), words.slice(end + 1)];
  const parsed = parseWords(asked.terminal, usage, own);
  if (parsed.kind === 'exit') return parsed.code;
  const { operands } = parsed;
  // What commands are built by is shown to nobody here: to be verbose is to show what tests print.
  const verbose = parsed.options['verbose'];
  const configured = asConfigured({ session: asked, options: parsed.options });
  const { session } = configured;
  const options: ParsedOptions = { ...configured.options, verbose };
  // Cargo's pair: `--workspace --exclude NAME` means packages.
  const packages = meansAll(options) ? suites.names.splice(0) : [];
  const { session: told, messages } = withMessages(session, options);
  const opened = await openBuild(told, {
    directory: directoryWord(options),
    manifest: text(options, 'manifestPath'),
    targetDirectory: text(options, 'targetDir'),
    refused: refusedWords({ ...options, exclude: packages }),
    asItIs: options['rebuild'] === false,
    options: cargoOptions({ ...options, exclude: packages }),
    config: texts(options, 'config'),
  });
  if (!opened.ok) return opened.error;
  const wanted = wantedTests(session, opened.value, { options, operands, behind, suites });
  if (typeof wanted === 'number') {
    opened.value.release();
    return wanted;
  }
  return runAll(session, opened.value, {
    ...wanted,
    onlyBuild: options['run'] === false,
    jobs: number(options, 'jobs', 0),
    messages,
    futureReport: flag(options, 'futureIncompatReport'),
    list: flag(options, 'list'),
    rebuild: options['rebuild'] !== false,
    narrow: flag(options, 'failed') ? 'failed' : flag(options, 'changed') ? 'changed' : 'none',
  });
}

/** What the words ask for, of what the build has; or what to exit with, told already. */
function wantedTests(
  session: Session,
  opened: Opened,
  words: Given,
): Pick<TestRequest, 'options' | 'isWanted'> | number {
  const options = testOptions(session, opened, words);
  if (!options.ok) {
    session.terminal.print(options.error);
    // As with Meson, an option that cannot be read is no failure.
    return options.error.startsWith('error: argument ') ? exitCodes.usage : exitCodes.failed;
  }
  const { state } = opened;
  const [untestable] = state.tests.untestable ?? [];
  if (untestable !== undefined)
    return refuse(
      session,
      `package \`${untestable}\` cannot be tested because it requires dev-dependencies and is not a member of the workspace`,
    );
  const isWanted = testedCrates(state, words.options);
  if (isWanted.ok) return { options: options.value, isWanted: isWanted.value };
  const unmet = lackingFeatures(session.host.files, state, words.options);
  return refuse(session, unmet ?? isWanted.error);
}

interface TestRequest {
  readonly options: TestOptions;
  readonly list: boolean;
  readonly rebuild: boolean;
  /** What words of Cargo's mean; every test where there are none. */
  readonly isWanted: ((test: PlannedTest) => boolean) | undefined;
  readonly onlyBuild: boolean;
  readonly jobs: BuildRequest['jobs'];
  readonly messages: BuildRequest['messages'];
  readonly futureReport: boolean;
  /** Fewer tests than the options choose. */
  readonly narrow: 'none' | 'failed' | 'changed';
}

async function runAll(session: Session, opened: Opened, request: TestRequest): Promise<number> {
  let chosen: Chosen | number;
  try {
    chosen = await chooseAndBuild(session, opened, request);
  } finally {
    // Tests may run kaon themselves, in this very directory.
    opened.release();
  }
  return typeof chosen === 'number' ? chosen : runChosen(session, opened, chosen);
}

/** The tests to run, built; or what to exit with, told already. */
async function chooseAndBuild(
  session: Session,
  opened: Opened,
  request: TestRequest,
): Promise<Chosen | number> {
  const { options, isWanted, list, rebuild, onlyBuild, narrow, messages } = request;
  const { terminal } = session;
  const asked = askedTests(session, opened, request);
  if (typeof asked === 'number') return asked;
  const { plan, tests, history, nothing } = asked;
  // What changed only shows once it is built.
  const isOnlyListed = list && narrow !== 'changed';
  const built = isOnlyListed
    ? exitCodes.ok
    : await build(session, opened, {
        tests,
        rebuild,
        messages,
        futureReport: request.futureReport,
        jobs: request.jobs,
        alone: isWanted !== undefined,
        beside: meansAllTests(request) ? (plan.beside ?? []) : [],
      });
  if (built !== exitCodes.ok) return built;
  if (nothing !== undefined) {
    terminal.print(nothing);
    return exitCodes.ok;
  }
  if (onlyBuild) {
    if (!session.json && messages?.format.kind !== 'json') tellPrograms(session, opened, tests);
    return exitCodes.ok;
  }
  const restsOn = isOnlyListed
    ? new Map<PlannedTest, string>()
    : whatTestsRestOn(session, opened, { tests, options });
  const isChanged = (test: PlannedTest): boolean =>
    restsOn.get(test) === undefined || history.get(testKey(test))?.passedWith !== restsOn.get(test);
  const wanted = narrow === 'changed' ? tests.filter(isChanged) : tests;
  if (list) {
    for (const test of wanted) terminal.print(testTitle(test));
    return exitCodes.ok;
  }
  if (wanted.length === 0) {
    terminal.print(
      narrow === 'failed'
        ? 'No test failed last time.'
        : 'Nothing that tests rest on has changed since they passed.',
    );
    return exitCodes.ok;
  }
  if (narrow === 'changed' && !session.json)
    terminal.print(`${wanted.length} of ${tests.length} tests may be affected`);
  return { options, plan, tests: wanted, restsOn };
}

interface Asked extends Pick<Chosen, 'plan' | 'tests'> {
  readonly history: TestHistory;
  /** What to say where there are none. */
  readonly nothing?: string;
}

/** Whether no word chooses among the tests. */
function meansAllTests({ options, isWanted, narrow }: TestRequest): boolean {
  const { names, exclude, includeSuites, excludeSuites, benchmark, slice, shard } = options;
  const words = [names, exclude, includeSuites, excludeSuites].flat();
  const isPart = words.length > 0 || benchmark || slice !== undefined || shard !== undefined;
  return isWanted === undefined && narrow === 'none' && !isPart;
}

/** The tests that the options choose, and how earlier runs of them ended; or what to exit with, told already. */
function askedTests(
  session: Session,
  opened: Opened,
  { options, isWanted, list, rebuild, narrow }: TestRequest,
): Asked | number {
  const { host, terminal } = session;
  const { tests: all, buildRoot } = opened.state;
  const plan =
    isWanted === undefined
      ? all
      : { ...all, tests: [...all.tests, ...(all.named ?? [])].filter(isWanted) };
  const selected = selectTests(plan, options);
  if (!selected.ok) {
    refuse(session, selected.error);
    return exitCodes.failed;
  }
  const { warnings, nothing } = selected.value;
  for (const warning of warnings) terminal.print(`WARNING: ${warning}`);
  if (selected.value.tests.length === 0) {
    if (!list) return { plan, tests: [], history: new Map(), nothing };
    terminal.printError(nothing);
    return exitCodes.failed;
  }
  const history = loadHistory(host.files, options.buildRoot);
  const tests = selected.value.tests.filter(
    (test) => narrow !== 'failed' || failedLast(history, test),
  );
  const unbuilt = rebuild || list ? undefined : unbuiltProgram(host.files, tests, buildRoot);
  if (unbuilt !== undefined) {
    refuse(session, unbuilt);
    return exitCodes.failed;
  }
  return { plan, tests, history };
}

async function build(
  session: Session,
  opened: Opened,
  about: {
    readonly tests: readonly PlannedTest[];
    readonly rebuild: boolean;
    /** Whether nothing is built beside what they need themselves. */
    readonly alone: boolean;
    /** How many commands run at once; 0: as ever. */
    readonly jobs: number;
    /** What is to compile, too. */
    readonly beside: readonly string[];
    readonly messages: BuildRequest['messages'];
    readonly futureReport: boolean;
  },
): Promise<number> {
  const { tests, rebuild, alone, beside, messages, futureReport } = about;
  const needed = alone ? goalsOfTests(tests) : tests.flatMap(({ depends }) => depends);
  const goals = [...new Set([...needed, ...beside])];
  if (!rebuild || goals.length === 0) return exitCodes.ok;
  const jobs = about.jobs || cargoJobs(session.host, opened.state);
  // As with Cargo, in a workspace of its own.
  const repeats = !isMesonProject(session.host.files, opened.state.sourceRoot);
  const request = { goals, jobs, keepGoing: 1, verbose: false, repeats, messages, futureReport };
  const isForPrograms = messages?.format.kind === 'json';
  const told = isForPrograms ? onStandardError(session) : session;
  const built = await buildGraph(told, opened, request);
  if (built.exitCode === exitCodes.ok) return exitCodes.ok;
  if (!session.json) session.terminal.print(`Could not rebuild ${opened.state.buildRoot}`);
  return built.exitCode === exitCodes.failed ? doesNotBuild : built.exitCode;
}

/** Where the programs of tests lie, for those who start them by themselves. */
function tellPrograms(
  { terminal }: Session,
  { state }: Opened,
  tests: readonly PlannedTest[],
): void {
  for (const test of tests.filter(({ built }) => built)) {
    const [program = ''] = test.crateTarget === undefined ? test.argv : test.depends;
    terminal.print(`  Executable ${testTitle(test)} (${posix.resolve(state.buildRoot, program)})`);
  }
}
