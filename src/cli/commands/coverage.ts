import type { Command } from 'commander';
import { findInPath } from '../../host/find-in-path.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';
import {
  type Collected,
  collectCoverage,
  forgetCounts,
  profileFolder,
} from '../../testrun/coverage/collect.ts';
import { lcovText } from '../../testrun/coverage/lcov.ts';
import type { ReportCoverage } from '../../testrun/report/report.ts';
import { selectTests } from '../../testrun/select-tests.ts';
import { defaultTestOptions, type TestOptions } from '../../testrun/test-options.ts';
import { coverageVariable } from '../../toolchains/typescript/coverage.ts';
import { buildGraph } from '../build/build-graph.ts';
import { type Opened, openBuild } from '../build/open-build.ts';
import { exitCodes, type Session } from '../session.ts';
import { jsonLine } from '../terminal/json-line.ts';
import { refuse } from '../terminal/refuse.ts';
import { compilerIds } from '../testing/compiler-ids.ts';
import { coveragePath } from '../testing/read-coverage.ts';
import { runChosen } from '../testing/run-chosen.ts';
import {
  collect,
  flag,
  number,
  type ParsedOptions,
  parseWords,
  text,
  texts,
} from '../words/parse-words.ts';

/** `kaon coverage [OPTIONS] [TEST …]`: runs tests and tells which lines they reach. */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const usage = { name: 'coverage', summary: 'Run the tests, and tell what they reach.', define };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const floor = number(options, 'floor', 0);
  if (floor < 0 || floor > 100) return refuse(session, '--floor is a percentage, 0 to 100');
  const opened = await openBuild(session, { directory: text(options, 'C') });
  if (!opened.ok) return opened.error;
  const { state } = opened.value;
  if (!measures(state)) {
    opened.value.release();
    return refuse(
      session,
      `This build directory measures no coverage. Turn it on: kaon configure ${state.buildRoot} -Db_coverage=true`,
    );
  }
  let measured: Collected | undefined;
  const measure = (): ReportCoverage => {
    measured ??= collectCoverage(collection(session, state, options));
    return report(measured);
  };
  const code =
    options['run'] === false
      ? opened.value.release()
      : await runTests(session, opened.value, { options, names: operands, measure });
  if (typeof code === 'number' && measured === undefined && code !== exitCodes.ok) return code;
  const shown = tell(session, state, { covered: measure(), measured, floor });
  return typeof code === 'number' && code !== exitCodes.ok ? code : shown;
}

/** Without compilers there is no such option: runners of tests count by themselves. */
function measures({ options, tests }: SetupState): boolean {
  const option = options.find(({ name }) => name === 'b_coverage');
  return option === undefined ? tests.tests.length > 0 : option.value === true;
}

function define(command: Command): void {
  command
    .argument('[tests...]', 'Only these tests')
    .option('-C <dir>', 'The build directory')
    .option('--floor <percent>', 'Fail where less of the lines is reached')
    .option('--no-run', 'Run nothing: tell what earlier runs reached')
    .option('--subprojects', 'Count subprojects, too')
    .option('--exclude <pattern>', 'Do not count files like this, from the source tree on', collect)
    .option('-j, --num-processes <n>', 'How many tests run at once');
}

interface Measuring {
  readonly options: ParsedOptions;
  readonly names: readonly string[];
  readonly measure: () => ReportCoverage;
}

/** Builds everything, as files that no test reaches count too, and runs the tests. */
async function runTests(
  session: Session,
  opened: Opened,
  { options, names, measure }: Measuring,
): Promise<number> {
  const { host } = session;
  const { state } = opened;
  const jobs = number(options, 'numProcesses', host.system.cores);
  const testOptions: TestOptions = {
    ...defaultTestOptions,
    buildRoot: state.buildRoot,
    names,
    jobs,
    printErrorLogs: true,
  };
  const selected = selectTests(state.tests, testOptions);
  try {
    if (!selected.ok) return refuse(session, selected.error);
    const { tests } = selected.value;
    for (const goals of [[], [...new Set(tests.flatMap(({ depends }) => depends))]]) {
      const built = await buildGraph(session, opened, {
        goals,
        jobs: 0,
        keepGoing: 1,
        verbose: false,
        quiet: true,
      });
      if (built.exitCode !== exitCodes.ok) return built.exitCode;
    }
  } finally {
    opened.release();
  }
  forgetCounts(host, state.buildRoot);
  const environment = {
    ...host.system.environment,
    // One file for each program, in which all its runs add up.
    LLVM_PROFILE_FILE: `${profileFolder(state.buildRoot)}/%m.profraw`,
    [coverageVariable]: profileFolder(state.buildRoot),
  };
  const counting = { ...session, host: { ...host, system: { ...host.system, environment } } };
  return runChosen(counting, opened, {
    options: testOptions,
    plan: opened.state.tests,
    tests: selected.value.tests,
    restsOn: new Map(),
    coverage: measure,
  });
}

function collection({ host }: Session, state: SetupState, options: ParsedOptions) {
  const { sourceRoot, buildRoot } = state;
  const programs = state.targets
    .filter(({ type }) => type === 'executable' || type.startsWith('shared'))
    .flatMap(({ outputs }) => outputs);
  const ids = compilerIds(host.files, buildRoot);
  const isClang = ids.some((id) => id.startsWith('clang'));
  const gcov =
    isClang && findInPath(host, 'llvm-cov') !== undefined ? ['llvm-cov', 'gcov'] : ['gcov'];
  const without = flag(options, 'subprojects') ? [] : [state.dist.subprojectDir];
  return {
    host,
    sourceRoot,
    buildRoot,
    programs,
    gcov,
    without,
    exclude: texts(options, 'exclude'),
  };
}

function report({ counts }: Collected): ReportCoverage {
  const files = [...counts].map(([path, lines]) => ({
    path,
    lines: lines.size,
    covered: [...lines.values()].filter((count) => count > 0).length,
  }));
  return { files };
}

interface Told {
  readonly covered: ReportCoverage;
  readonly measured: Collected | undefined;
  readonly floor: number;
}

/** Writes the report and shows it; answers whether it is above the floor. */
function tell(
  { host, terminal, json }: Session,
  { buildRoot }: SetupState,
  { covered, measured, floor }: Told,
): number {
  const { files } = covered;
  host.files.replace(coveragePath(buildRoot), `${JSON.stringify(covered)}\n`);
  const lcov = `${buildRoot}/meson-logs/coverage.info`;
  if (measured !== undefined) host.files.replace(lcov, lcovText(measured.counts));
  for (const warning of measured?.warnings ?? []) terminal.printError(`WARNING: ${warning}`);
  if (files.length === 0)
    terminal.printError(
      'WARNING: Nothing counts lines here: tests by vitest, jest and node do, and what compilers build with -Db_coverage=true',
    );
  const lines = files.reduce((sum, each) => sum + each.lines, 0);
  const reached = files.reduce((sum, each) => sum + each.covered, 0);
  const percent = lines === 0 ? 0 : (100 * reached) / lines;
  if (json) {
    terminal.print(jsonLine({ kind: 'coverage', lines, covered: reached, percent, files }));
  } else {
    const width = Math.max(5, ...files.map(({ path }) => path.length));
    const row = (name: string, covers: number, of: number): string =>
      `${name.padEnd(width)}  ${`${covers}/${of}`.padStart(11)}  ${share(covers, of)}`;
    terminal.print('');
    for (const each of files) terminal.print(row(each.path, each.covered, each.lines));
    terminal.print(row('Total', reached, lines));
    terminal.print(`\nFor other tools: ${lcov}`);
  }
  if (percent >= floor) return exitCodes.ok;
  terminal.printError(`Coverage is ${percent.toFixed(1)} %, below the floor of ${floor} %`);
  return exitCodes.failed;
}

function share(part: number, whole: number): string {
  return `${(whole === 0 ? 100 : (100 * part) / whole).toFixed(1).padStart(5)} %`;
}
