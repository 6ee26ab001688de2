import { changedEnvironment } from '../base/environment.ts';
import { err, ok, type Result } from '../base/result.ts';
import { quoteWord, quoteWords } from '../base/shell-words.ts';
import type { Host } from '../host/host.ts';
import type { PlannedTest, PlannedTestSetup } from '../model/test-plan.ts';
import { testTitle } from './select-tests.ts';
import type { TestOptions } from './test-options.ts';
import type { TestRun } from './test-run.ts';

export interface Preparation {
  readonly host: Pick<Host, 'system'>;
  readonly options: TestOptions;
  readonly setup: PlannedTestSetup | undefined;
  /** Counted from 1. */
  readonly iteration: number;
}

/** How a test will be run: its command with wrappers, environment and time; an error is for people. */
export function prepareRun(test: PlannedTest, preparation: Preparation): Result<TestRun, string> {
  const { host, options, setup } = preparation;
  if (options.wrapper.length > 0 && (setup?.wrapper.length ?? 0) > 0) {
    return err('Conflict: both test setup and command line specify an exe wrapper.');
  }
  if (test.foreign?.missing !== undefined) {
    return err(
      `The exe_wrapper defined in the cross file '${test.foreign.missing}' was not found. Please check the command and/or add it to PATH.`,
    );
  }
  const gdb = options.gdb || setup?.gdb === true;
  const interactive = options.interactive || gdb;
  const wrapper = gdb
    ? gdbCommand(options)
    : options.wrapper.length > 0
      ? options.wrapper
      : (setup?.wrapper ?? []);
  const command = commandOf(test);
  const environment = environmentOf(test, preparation, wrapper);
  const extra = test.protocol === 'gtest' ? [`--gtest_output=xml:${gtestReport(test)}`] : [];
  const given = options.testArguments.flatMap((word) =>
    test.argumentOption === undefined ? [word] : [test.argumentOption, word],
  );
  const argv = command && [...wrapper, ...command, ...given];
  const inherited = host.system.environment;
  const variables = Object.entries(environment)
    .filter(([name, value]) => inherited[name] !== value)
    .map(([name, value]) => `${name}=${quoteWord(value)} `);
  return ok({
    test,
    title: testTitle(test),
    argv: argv && [...argv, ...extra],
    environment,
    workingDirectory: test.workingDirectory ?? options.buildRoot,
    timeoutSeconds: interactive ? undefined : timeoutOf(test, options, setup),
    parallel: test.parallel && options.jobs > 1 && !interactive,
    verbose: (test.verbose || options.verbose || interactive) && !options.quiet,
    interactive,
    commandLine: argv === undefined ? '' : variables.join('') + quoteWords(argv),
  });
}

/** Where a gtest program writes its report. */
export function gtestReport({ name, workingDirectory }: PlannedTest): string {
  return workingDirectory === undefined ? `${name}.xml` : `${workingDirectory}/${name}.xml`;
}

function gdbCommand({ gdbPath, repeat }: TestOptions): readonly string[] {
  const batch = repeat > 1 ? ['-ex', 'run', '-ex', 'quit'] : [];
  return [gdbPath, '--quiet', ...batch, '--args'];
}

/** Undefined for a program of another machine that nothing here can run. */
function commandOf({ argv, foreign }: PlannedTest): readonly string[] | undefined {
  const program = argv[0] ?? '';
  if (program.endsWith('.jar')) return ['java', '-jar', ...argv];
  if (foreign === undefined) return program.endsWith('.exe') ? ['mono', ...argv] : argv;
  return foreign.wrapper && [...foreign.wrapper, ...argv];
}

const sanitizers = 'halt_on_error=1:abort_on_error=1:print_summary=1';

function environmentOf(
  test: PlannedTest,
  { host, options, setup, iteration }: Preparation,
  wrapper: readonly string[],
): Readonly<Record<string, string>> {
  const base = changedEnvironment(host.system.environment, setup?.environment ?? []);
  const own = changedEnvironment(base, test.environment);
  const defaults: Record<string, string> = {
    ASAN_OPTIONS: sanitizers,
    UBSAN_OPTIONS: `${sanitizers}:print_stacktrace=1`,
    MSAN_OPTIONS: `${sanitizers}:print_stacktrace=1`,
  };
  // Memory that was never written to shall differ from run to run; but not where time is measured, and not
  // for crates: Cargo does not, and their tests may ask for more than the machine could fill.
  if (!options.benchmark && test.crateTarget === undefined) {
    defaults['MALLOC_PERTURB_'] = String(1 + Math.floor(Math.random() * 255));
  }
  if (wrapper[0]?.includes('valgrind')) defaults['VALGRIND_OPTS'] = '--error-exitcode=1';
  const result: Record<string, string> = { ...own };
  for (const [name, value] of Object.entries(defaults)) {
    if (result[name] === undefined || result[name] === '') result[name] = value;
  }
  if (test.exeWrapper !== undefined) {
    result['MESON_EXE_WRAPPER'] = quoteWords(test.exeWrapper);
  }
  result['MESON_TEST_ITERATION'] = String(iteration);
  return result;
}

function timeoutOf(
  { timeoutSeconds }: PlannedTest,
  options: TestOptions,
  setup: PlannedTestSetup | undefined,
): number | undefined {
  const multiplier = options.timeoutMultiplier ?? setup?.timeoutMultiplier ?? 1;
  return timeoutSeconds <= 0 || multiplier <= 0 ? undefined : timeoutSeconds * multiplier;
}
