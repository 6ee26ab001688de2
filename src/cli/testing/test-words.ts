import { posix } from 'node:path';
import type { Command } from 'commander';
import { pythonRepr } from '../../base/python-repr.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { splitWords } from '../../base/shell-words.ts';
import { findInPath } from '../../host/find-in-path.ts';
import { defaultTestOptions, type TestOptions } from '../../testrun/test-options.ts';
import type { Opened } from '../build/open-build.ts';
import { isMesonProject } from '../cargo/meson-project.ts';
import { showsOutput, testArguments } from '../cargo/test-arguments.ts';
import type { Session } from '../session.ts';
import { flag, number, type ParsedOptions, text } from '../words/parse-words.ts';

/** Lists that commander would mix up: `--no-suite` is no opposite of `--suite`. */
export interface Suites {
  readonly include: string[];
  readonly exclude: string[];
  readonly names: string[];
}

/** The options of `kaon test` and of benchmarks, as Meson and Cargo name them. */
export function defineTestOptions(command: Command, suites: Suites): void {
  const into = (list: string[]) => (value: string) => void list.push(value);
  command
    .usage('[options] [tests...] [-- arguments...]')
    .argument(
      '[tests...]',
      'Names of tests; SUBPROJECT:NAME, SUBPROJECT: and patterns work too. In a Cargo workspace also functions in them, and what stands behind `--` is for their programs',
    )
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
    .option(
      '--exclude <name>',
      'Not the tests of this name; with --workspace: not those of this package',
      into(suites.names),
    )
    .option('--no-stdsplit', 'Keep standard output and error together')
    .option('--print-errorlogs', 'Show the logs of tests that fail (the default)')
    .option('--no-print-errorlogs', 'Do not')
    .option('--benchmark', 'Run benchmarks instead')
    .option('--logbase <name>', 'The base of the names of the logs')
    .option('-j, --num-processes <n>', 'How many tests run at once')
    .option('-v, --verbose', 'Show the output of tests')
    .option('-q, --quiet', 'Show only what failed')
    .option('-t, --timeout-multiplier <n>', 'Give tests so much more time; 0: all the time')
    .option('--setup <name>', 'The test setup to use')
    .option('--test-args <args>', 'Further arguments for the tests')
    .option('--max-lines <n>', 'How much of a long log is shown')
    .option('--slice <slice/slices>', 'Only one part of the tests, as 1/3')
    .option('--shard <shard/shards>', 'As --slice, however few tests there are')
    .option('--failed', 'Only tests that failed last time')
    .option('--changed', 'Only tests that a change since they last passed may affect');
}

export interface Given {
  readonly options: ParsedOptions;
  readonly operands: readonly string[];
  /** What stands behind `--`. */
  readonly behind: readonly string[];
  readonly suites: Suites;
}

/** What the words of `kaon test` ask for, as the run takes it; an error where they contradict one another. */
export function testOptions(
  { host, asMeson }: Session,
  { state }: Opened,
  { options, operands, behind, suites }: Given,
): Result<TestOptions, string> {
  const meant = isMesonProject(host.files, state.sourceRoot)
    ? { names: [...operands, ...behind], forPrograms: [] }
    : testArguments([...state.tests.tests, ...(state.tests.named ?? [])], operands, behind);
  const [verbose, quiet] = [flag(options, 'verbose'), flag(options, 'quiet')];
  if (verbose && quiet) return err('Can not be both quiet and verbose at the same time.');
  const benchmark = flag(options, 'benchmark');
  const gdb = flag(options, 'gdb');
  const interactive = flag(options, 'interactive') || gdb || showsOutput(meant.forPrograms);
  const given = splitWords(text(options, 'testArgs') ?? '');
  if (given === undefined) return err(openQuote);
  const started = startedBy(host, state.buildRoot, options);
  if (!started.ok) return started;
  const slice = sliceOf('--slice', text(options, 'slice'));
  if (!slice.ok) return slice;
  const shard = sliceOf('--shard', text(options, 'shard'));
  if (!shard.ok) return shard;
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
    interactive,
    ...started.value,
    includeSuites: suites.include,
    excludeSuites: suites.exclude,
    exclude: suites.names,
    names: meant.names,
    slice: slice.value,
    shard: shard.value,
    split: options['stdsplit'] !== false,
    // Who stands in Meson's place says no more than Meson.
    printErrorLogs:
      options['printErrorlogs'] === undefined ? !asMeson : flag(options, 'printErrorlogs'),
    benchmark,
    logBase: text(options, 'logbase') ?? 'testlog',
    verbose: verbose || interactive,
    quiet,
    timeoutMultiplier: Number.isNaN(multiplier) ? undefined : multiplier,
    setup: text(options, 'setup'),
    testArguments: [...given, ...meant.forPrograms],
    maxLines: number(options, 'maxLines', asMeson ? 100 : Number.POSITIVE_INFINITY),
  });
}

const openQuote = 'A quote in --wrapper or --test-args is not closed.';

/** What starts the tests: a debugger, or a wrapper whose program was found. */
function startedBy(
  host: Session['host'],
  buildRoot: string,
  options: ParsedOptions,
): Result<Pick<TestOptions, 'gdbPath' | 'wrapper'>, string> {
  const gdb = flag(options, 'gdb');
  const gdbPath = text(options, 'gdbPath') ?? 'gdb';
  const wrapper = splitWords(text(options, 'wrapper') ?? '');
  if (wrapper === undefined) return err(openQuote);
  if (gdb && wrapper.length > 0)
    return err('Must not specify both a wrapper and gdb at the same time.');
  const [program = '', ...words] = gdb ? [gdbPath] : wrapper;
  if (program === '') return ok({ gdbPath, wrapper: [] });
  const found = findProgram(host, buildRoot, program);
  if (found === undefined) return err(`Could not find requested program: ${pythonRepr(program)}`);
  return ok({ gdbPath, wrapper: gdb ? [] : [found, ...words] });
}

/** A path may start in the build directory, as Meson has it, or where we are: tests run elsewhere. */
function findProgram(
  { files, system }: Session['host'],
  buildRoot: string,
  program: string,
): string | undefined {
  if (!program.includes('/')) return findInPath({ files, system }, program);
  const paths = [buildRoot, system.workingDirectory].map((from) => posix.resolve(from, program));
  return paths.find((path) => findInPath({ files, system }, path) !== undefined);
}

function sliceOf(option: string, given: string | undefined): Result<TestOptions['slice'], string> {
  if (given === undefined) return ok(undefined);
  const word = option.slice(2).toUpperCase();
  const wrong = (what: string) => err(`error: argument ${option}: ${what}`);
  const [first = '', second = '', ...more] = given.split('/');
  if (second === '' || more.length > 0)
    return wrong(`value does not conform to format '${word}/NUM_${word}S'`);
  for (const [name, text] of [
    [`NUM_${word}S`, second],
    [word, first],
  ] as const) {
    if (!/^\s*[+-]?\d+\s*$/.test(text)) return wrong(`${name} is not an integer`);
    if (Number(text) <= 0) return wrong(`${name} is not a positive integer`);
  }
  const slice = { index: Number(first), of: Number(second) };
  return slice.index > slice.of ? wrong(`${word} exceeds NUM_${word}S`) : ok(slice);
}
