import { ownText } from '../../base/own-text.ts';
import type { PlannedTest } from '../../model/test-plan.ts';
import { type TestHistory, testKey } from '../test-history.ts';
import { details, isBad } from '../test-run.ts';
import { reportPage } from './html-page.ts';
import type { NumberedResult, TestObserver, TestTotals } from './observer.ts';
import type { ReportCoverage, ReportRow } from './report.ts';
import { outcomeWords } from './result-line.ts';

/** A long log makes a page slow; the whole of it is in testlog.txt. */
const mostOutput = 200_000;

function reportRow(result: NumberedResult): Omit<ReportRow, 'history'> {
  const { run, outcome } = result;
  return {
    name: `${run.test.project}:${run.test.name}`,
    suites: run.test.suites.flatMap((suite) => suite.split(':').slice(1)),
    outcome: outcomeWords[outcome],
    bad: isBad(outcome),
    milliseconds: Math.round(result.durationMs),
    detail: details(result),
    command: run.commandLine,
    stdout: shortened(result.stdout),
    stderr: shortened(
      [result.stderr, result.additionalError].filter((text) => text !== '').join('\n'),
    ),
    parts: result.subtests.map((part) => ({
      name: part.name === '' ? `subtest ${part.number}` : part.name,
      outcome: outcomeWords[part.outcome],
      why: part.explanation ?? '',
    })),
  };
}

function pastOf(test: PlannedTest, history: TestHistory): ReportRow['history'] {
  const past = history.get(testKey(test))?.runs ?? [];
  return past.map((each) => ({
    outcome: outcomeWords[each.outcome],
    milliseconds: each.durationMs,
    at: new Date(each.atMs).toISOString(),
  }));
}

export interface ReportTarget {
  readonly project: string;
  readonly nowMs: () => number;
  /** Asked when the run is over, so that it knows of it. */
  readonly history: () => TestHistory;
  readonly coverage: () => ReportCoverage | undefined;
  readonly write: (page: string) => void;
}

/** Writes a page of all results when a run is over. */
export function htmlObserver(target: ReportTarget): TestObserver {
  const rows: { readonly test: PlannedTest; readonly row: Omit<ReportRow, 'history'> }[] = [];
  return {
    testFinished: (result) => void rows.push({ test: result.run.test, row: reportRow(result) }),
    finished: ({ durationMs }: TestTotals) => {
      const history = target.history();
      target.write(
        reportPage({
          project: target.project,
          rows: rows.map(({ test, row }) => ({ ...row, history: pastOf(test, history) })),
          milliseconds: Math.round(durationMs),
          at: new Date(target.nowMs()).toISOString(),
          coverage: target.coverage(),
        }),
      );
    },
  };
}

function shortened(text: string): string {
  if (text.length <= mostOutput) return text;
  return `[… the last ${mostOutput} characters of ${text.length}]\n${ownText(text.slice(-mostOutput))}`;
}
