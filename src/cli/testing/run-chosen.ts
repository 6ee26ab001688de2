import { quoteWord } from '../../base/shell-words.ts';
import { jsonReporter } from '../../events/json-reporter.ts';
import type { FileFault } from '../../host/host.ts';
import type { PlannedTest, TestPlan } from '../../model/test-plan.ts';
import { fingerprints } from '../../testrun/fingerprints.ts';
import { consoleObserver } from '../../testrun/report/console-observer.ts';
import { htmlObserver } from '../../testrun/report/html-report.ts';
import type { TestObserver } from '../../testrun/report/observer.ts';
import type { ReportCoverage } from '../../testrun/report/report.ts';
import { logObserver, logPathOf } from '../../testrun/report/write-logs.ts';
import { runTests } from '../../testrun/run-tests.ts';
import { historyObserver, loadHistory, type TestHistory } from '../../testrun/test-history.ts';
import type { TestOptions } from '../../testrun/test-options.ts';
import type { Opened } from '../build/open-build.ts';
import { exitCodes, type Session } from '../session.ts';
import { liveBlock } from '../terminal/live-block.ts';
import { refuse } from '../terminal/refuse.ts';
import { readCoverage } from './read-coverage.ts';

export interface Chosen {
  readonly options: TestOptions;
  /** Among which they were chosen. */
  readonly plan: TestPlan;
  readonly tests: readonly PlannedTest[];
  /** What each rests on; none where that does not matter. */
  readonly restsOn: ReadonlyMap<PlannedTest, string>;
  /** Asked when all have run, for the page; what was measured last when absent. */
  readonly coverage?: () => ReportCoverage;
}

/** Runs tests that were built, shows and records how it goes. Answers what to exit with. */
export async function runChosen(
  session: Session,
  { state }: Opened,
  chosen: Chosen,
): Promise<number> {
  const { host, terminal, json } = session;
  const { options, plan, tests } = chosen;
  const wanted = new Set(tests);
  const outcome = await session.interruptible(async (signal) => {
    const ended = await runTests({
      host,
      plan,
      options,
      only: (test) => wanted.has(test),
      listener: json ? jsonReporter((said) => terminal.write(said)) : () => {},
      observers: [
        ...(json ? [] : [shownOn(session, options)]),
        ...recorders(session, state.tests.project, chosen),
      ],
      signal,
    });
    return signal.aborted && ended.ok ? 'interrupted' : ended;
  });
  if (outcome === 'interrupted') return exitCodes.interrupted;
  if (!outcome.ok) {
    refuse(session, outcome.error);
    return exitCodes.failed;
  }
  return outcome.value.exitCode;
}

/**
 * What tests rest on; in gdb or with a wrapper a pass says nothing of the plain run. Who takes kaon for
 * Meson never asks.
 */
export function whatTestsRestOn(
  { host, asMeson }: Session,
  { state, graph }: Opened,
  { tests, options }: Pick<Chosen, 'tests' | 'options'>,
): ReadonlyMap<PlannedTest, string> {
  const { wrapper, gdb, setup, testArguments } = options;
  const isPlain = wrapper.length === 0 && !gdb && setup === undefined && testArguments.length === 0;
  const { sourceRoot, buildRoot } = state;
  return isPlain && !asMeson
    ? fingerprints(tests, { host, graph, sourceRoot, buildRoot })
    : new Map();
}

function shownOn({ host, terminal, asMeson }: Session, options: TestOptions): TestObserver {
  const block = terminal.interactive ? liveBlock(terminal) : undefined;
  return consoleObserver({
    write: (said) => (block ?? terminal).write(said),
    ...(block !== undefined && {
      live: {
        show: block.show,
        nowMs: () => host.clock.monotonicMs(),
        every: (milliseconds, draw) => {
          const timer = setInterval(draw, milliseconds);
          return () => clearInterval(timer);
        },
      },
    }),
    color: terminal.color,
    columns: terminal.columns,
    ...(!asMeson && {
      again: ({ test }) =>
        `kaon test -C ${quoteWord(options.buildRoot)} ${quoteWord(`${test.project}:${test.name}`)}`,
    }),
  });
}

/** Those who write a run down; the history first, as the page shows it. */
function recorders(
  { host, terminal, json, asMeson }: Session,
  project: string,
  { options, restsOn, coverage }: Chosen,
): readonly TestObserver[] {
  const logPath = logPathOf(options);
  const history = historyObserver(host.files, options.buildRoot, restsOn);
  if (logPath === undefined) return [history];
  const page = htmlObserver({
    project,
    nowMs: () => host.clock.nowMs(),
    history: (): TestHistory => loadHistory(host.files, options.buildRoot),
    coverage: coverage ?? (() => readCoverage(host.files, options.buildRoot)),
    write: (text) => void host.files.replace(`${logPath}.html`, text),
  });
  const tellLog = (refused?: FileFault): void => {
    if (json) return;
    if (refused === undefined) terminal.print(`Full log written to ${logPath}.txt`);
    else terminal.printError(`The log is not written: ${refused.reason}: ${refused.path}`);
  };
  return [history, logObserver(host, logPath, tellLog), ...(asMeson ? [] : [page])];
}
