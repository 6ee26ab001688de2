import type { Command } from 'commander';
import { pythonRepr } from '../../base/python-repr.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { splitWords } from '../../base/shell-words.ts';
import { jsonReporter } from '../../events/json-reporter.ts';
import { findInPath } from '../../host/find-in-path.ts';
import { consoleObserver } from '../../testrun/console-observer.ts';
import { runTests } from '../../testrun/run-tests.ts';
import { selectTests, testTitle } from '../../testrun/select-tests.ts';
import { defaultTestOptions, type TestOptions } from '../../testrun/test-options.ts';
import { logObserver, logPathOf } from '../../testrun/write-logs.ts';
import { buildGraph } from '../build-graph.ts';
import { type Opened, openBuild } from '../open-build.ts';
import { flag, number, type ParsedOptions, parseWords, text } from '../parse-words.ts';
import { refuse } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';
import { progressLine } from '../terminal.ts';

/** What tells `git bisect run` to skip a commit that does not build. */
const doesNotBuild = 125;

/** `kaon test [OPTIONS] [TEST …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const suites: Suites = { include: [], exclude: [], names: [] };
  const usage = {
    name: 'test',
    summary: 'Build what the tests need, and run them.',
    define: (command: Command) => define(command, suites),
  };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const opened = await openBuild(session, {
    directory: text(options, 'C'),
    asItIs: options['rebuild'] === false,
  });
  if (!opened.ok) return opened.error;
  const wanted = testOptions(session, opened.value, { options, operands, suites });
  if (!wanted.ok) {
    opened.value.release();
    session.terminal.print(wanted.error);
    return exitCodes.failed;
  }
  return runAll(session, opened.value, {
    options: wanted.value,
    list: flag(options, 'list'),
    rebuild: options['rebuild'] !== false,
  });
}

/** Lists that commander would mix up: `--no-suite` is no opposite of `--suite`. */
interface Suites {
  readonly include: string[];
  readonly exclude: string[];
  readonly names: string[];
}

function define(command: Command, suites: Suites): void {
  const into = (list: string[]) => (value: string) => void list.push(value);
  command
    .argument('[tests...]', 'Names of tests; SUBPROJECT:NAME, SUBPROJECT: and patterns work too')
    .option('-C <dir>', 'The build directory')
    .option('-k, --maxfail <n>', 'End the run after so many failures; 0: never')
    .option('--repeat <n>', 'Run the tests so many times')
    .option('--no-rebuild', 'Build nothing before')
    .option('--gdb', 'Run tests in gdb')
    .option('--gdb-path <path>', 'The gdb to use')
    .option('-i, --interactive', 'Give tests the terminal')
    .option('--list', 'List the tests')
    .option('--wrapper <command>', 'Run tests by this command, as valgrind')
    .option('--suite <suite>', 'Only tests of this suite', into(suites.include))
    .option('--no-suite <suite>', 'No tests of this suite', into(suites.exclude))
    .option('--exclude <name>', 'Not the tests of this name', into(suites.names))
    .option('--no-stdsplit', 'Keep standard output and error together')
    .option('--print-errorlogs', 'Show the logs of tests that fail')
    .option('--benchmark', 'Run benchmarks instead')
    .option('--logbase <name>', 'The base of the names of the logs')
    .option('-j, --num-processes <n>', 'How many tests run at once')
    .option('-v, --verbose', 'Show the output of tests')
    .option('-q, --quiet', 'Show only what failed')
    .option('-t, --timeout-multiplier <n>', 'Give tests so much more time; 0: all the time')
    .option('--setup <name>', 'The test setup to use')
    .option('--test-args <args>', 'Further arguments for the tests')
    .option('--max-lines <n>', 'How much of a long log is shown')
    .option('--slice <slice/slices>', 'Only one part of the tests, as 1/3');
}

interface Given {
  readonly options: ParsedOptions;
  readonly operands: readonly string[];
  readonly suites: Suites;
}

function testOptions(
  { host }: Session,
  { state }: Opened,
  { options, operands, suites }: Given,
): Result<TestOptions, string> {
  const [verbose, quiet] = [flag(options, 'verbose'), flag(options, 'quiet')];
  if (verbose && quiet) return err('Can not be both quiet and verbose at the same time.');
  const benchmark = flag(options, 'benchmark');
  const gdb = flag(options, 'gdb');
  const interactive = flag(options, 'interactive') || gdb;
  const wrapper = splitWords(text(options, 'wrapper') ?? '');
  const testArguments = splitWords(text(options, 'testArgs') ?? '');
  if (wrapper === undefined || testArguments === undefined) {
    return err('A quote in --wrapper or --test-args is not closed.');
  }
  if (gdb && wrapper.length > 0) {
    return err('Must not specify both a wrapper and gdb at the same time.');
  }
  const program = gdb ? 'gdb' : wrapper[0];
  if (program !== undefined && findInPath(host, program) === undefined) {
    return err(`Could not find requested program: ${pythonRepr(program)}`);
  }
  const slice = sliceOf(text(options, 'slice'));
  if (!slice.ok) return slice;
  const jobs = number(
    options,
    'numProcesses',
    Number(host.system.environment['MESON_TESTTHREADS']),
  );
  const multiplier = number(options, 'timeoutMultiplier', Number.NaN);
  return ok({
    ...defaultTestOptions,
    buildRoot: state.buildRoot,
    jobs: benchmark || interactive ? 1 : jobs > 0 ? jobs : host.system.cores,
    maxFail: number(options, 'maxfail', 0),
    repeat: number(options, 'repeat', 1),
    gdb,
    gdbPath: text(options, 'gdbPath') ?? 'gdb',
    interactive,
    wrapper,
    includeSuites: suites.include,
    excludeSuites: suites.exclude,
    exclude: suites.names,
    names: operands,
    slice: slice.value,
    split: options['stdsplit'] !== false,
    printErrorLogs: flag(options, 'printErrorlogs'),
    benchmark,
    logBase: text(options, 'logbase') ?? 'testlog',
    verbose: verbose || interactive,
    quiet,
    timeoutMultiplier: Number.isNaN(multiplier) ? undefined : multiplier,
    setup: text(options, 'setup'),
    testArguments,
    maxLines: number(options, 'maxLines', 100),
  });
}

function sliceOf(given: string | undefined): Result<TestOptions['slice'], string> {
  if (given === undefined) return ok(undefined);
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(given) ?? [];
  const slice = { index: Number(index), of: Number(of) };
  if (!(slice.index > 0) || !(slice.of > 0)) {
    return err("--slice: value does not conform to format 'SLICE/NUM_SLICES'");
  }
  return slice.index > slice.of ? err('--slice: SLICE exceeds NUM_SLICES') : ok(slice);
}

interface TestRequest {
  readonly options: TestOptions;
  readonly list: boolean;
  readonly rebuild: boolean;
}

async function runAll(
  session: Session,
  opened: Opened,
  { options, list, rebuild }: TestRequest,
): Promise<number> {
  const { host, terminal, json } = session;
  const plan = opened.state.tests;
  try {
    const selected = selectTests(plan, options);
    if (!selected.ok) return tell(session, selected.error);
    const { tests, warnings, nothing } = selected.value;
    for (const warning of warnings) terminal.print(`WARNING: ${warning}`);
    if (tests.length === 0) {
      if (list) terminal.printError(nothing);
      else terminal.print(nothing);
      return list ? exitCodes.failed : exitCodes.ok;
    }
    if (list) {
      for (const test of tests) terminal.print(testTitle(test));
      return exitCodes.ok;
    }
    const goals = [...new Set(tests.flatMap(({ depends }) => depends))];
    if (rebuild && goals.length > 0) {
      const request = { goals, jobs: 0, keepGoing: 1, verbose: false };
      const built = await buildGraph(session, opened, request);
      if (built.exitCode !== exitCodes.ok) {
        if (!json) terminal.print(`Could not rebuild ${opened.state.buildRoot}`);
        return built.exitCode === exitCodes.failed ? doesNotBuild : built.exitCode;
      }
    }
  } finally {
    // Tests may run kaon themselves, in this very directory.
    opened.release();
  }
  const logPath = logPathOf(options);
  const shown = consoleObserver({
    ...(terminal.interactive
      ? progressLine(terminal)
      : { write: (said: string) => terminal.write(said) }),
    color: terminal.color,
    columns: terminal.columns,
    logPath: logPath === undefined ? undefined : `${logPath}.txt`,
  });
  const outcome = await session.interruptible(async (signal) => {
    const ended = await runTests({
      host,
      plan,
      options,
      listener: json ? jsonReporter((said) => terminal.write(said)) : () => {},
      observers: [
        ...(json ? [] : [shown]),
        ...(logPath === undefined ? [] : [logObserver(host, logPath)]),
      ],
      signal,
    });
    return signal.aborted && ended.ok ? 'interrupted' : ended;
  });
  if (outcome === 'interrupted') return exitCodes.interrupted;
  if (!outcome.ok) return tell(session, outcome.error);
  return outcome.value.exitCode;
}

function tell(session: Session, message: string): number {
  refuse(session, message);
  return exitCodes.failed;
}
