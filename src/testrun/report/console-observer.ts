import { quoteWords } from '../../base/shell-words.ts';
import type { TestOutcome } from '../../events/event.ts';
import { longestShown } from '../../events/narrate.ts';
import { sanitize } from '../../events/sanitize.ts';
import { withoutShell } from '../../graph/shell-line.ts';
import type { TestOptions } from '../test-options.ts';
import { isBad, needsParsing, showsOutputLive, type TestRun } from '../test-run.ts';
import type { LiveLines } from './live-lines.ts';
import type { NumberedResult, TestObserver, TestTotals } from './observer.ts';
import { reasonOf } from './reason.ts';
import {
  type Columns,
  columnsOf,
  type Paint,
  resultLine,
  ruler,
  runningLine,
  subtestLine,
  summary,
} from './result-line.ts';
import { runningTests } from './running-tests.ts';

export interface TestConsole {
  readonly write: (text: string) => void;
  /** Lines at the bottom that the next text pushes down; absent where there is no terminal. */
  readonly live?: LiveLines;
  readonly color: boolean;
  readonly columns: number;
  /** The command that runs one test alone; not told when absent. */
  readonly again?: (run: TestRun) => string;
}

/** Prints a test run as Meson prints it. */
export function consoleObserver(out: TestConsole): TestObserver {
  const paint: Paint = out.color ? paintOutcome : (text) => text;
  const progress = runningTests(out.live);
  // Into a file or a pipe goes what tests said, byte for byte.
  const clean = (text: string): string =>
    out.live === undefined ? text : sanitize(text, { colors: out.color });
  let started = 0;
  let columns: Columns = { total: 0, left: 0, title: 0, duration: 0 };
  let options: TestOptions | undefined;
  const print = (text: string): void => out.write(`${text}\n`);
  const begin = (): string => ruler('✀ ', '―', out.columns - 2);
  const end = (): string => ruler('', '―', out.columns - 2);
  return {
    started: (session) => {
      columns = columnsOf(session);
      options = session.options;
      // One that has the terminal is not drawn over.
      if (!session.runs.some(({ interactive }) => interactive)) progress.begin(columns.total);
    },
    testStarted: (run, number) => {
      started++;
      if (run.verbose && run.argv !== undefined) {
        print(runningLine({ run, number: number ?? started }, columns, paint));
        print(`${paint('>>> ', 'running')}${run.commandLine}`);
        if (showsOutputLive(run)) print(begin());
        else if (!needsParsing(run.test)) print('');
      }
      progress.start(run);
    },
    output: (line) => print(clean(line)),
    testFinished: (result) => {
      if (options !== undefined) {
        const again = out.again;
        const look = {
          options,
          columns,
          paint,
          clean,
          begin,
          end,
          ...(again !== undefined && { again }),
        };
        const text = resultText(result, look);
        if (text !== '') out.write(text);
      }
      progress.end(result);
    },
    finished: (totals) => {
      progress.stop();
      out.write(endText(totals, options, (each) => resultLine(each, columns, paint)));
    },
  };
}

interface Look {
  readonly options: TestOptions;
  readonly columns: Columns;
  readonly paint: Paint;
  readonly clean: (text: string) => string;
  readonly begin: () => string;
  readonly end: () => string;
  readonly again?: (run: TestRun) => string;
}

function resultText(result: NumberedResult, look: Look): string {
  const { options, columns, paint } = look;
  const { run, outcome } = result;
  const lines: string[] = [];
  for (const subtest of result.subtests) {
    if (!run.verbose && !(options.printErrorLogs && isBad(subtest.outcome))) continue;
    const name = subtest.name === '' ? `subtest ${subtest.number}` : subtest.name;
    lines.push(subtestLine({ name, outcome: subtest.outcome, of: result.number }, columns, paint));
    if (subtest.explanation !== undefined) {
      lines.push(paint(`  Reason: ${reasonOf(subtest.explanation)}`, subtest.outcome));
    }
  }
  if (outcome === 'timeout' && (run.verbose || options.printErrorLogs)) {
    lines.push(`${run.title} time out (After ${run.timeoutSeconds} seconds)`);
  }
  if (!options.quiet || isBad(outcome) || outcome === 'skip' || outcome === 'ignored') {
    const live = run.argv !== undefined && showsOutputLive(run);
    if (live) lines.push(look.end());
    lines.push(resultLine(result, columns, paint));
    if (!live && (run.verbose || isBad(outcome))) lines.push(...logLines(result, look));
    if (result.warnings.length > 0) lines.push('', ...result.warnings, '');
    if (isBad(outcome) && outcome !== 'interrupted' && look.again !== undefined) {
      lines.push(`Alone: ${look.again(run)}`);
    }
    if (run.verbose || isBad(outcome)) lines.push('');
  }
  return lines.map((line) => `${line}\n`).join('');
}

function logLines(result: NumberedResult, look: Look): string[] {
  const { options, paint, clean, begin, end, again } = look;
  const { run, outcome } = result;
  const marker = paint('>>> ', result.outcome);
  const lines: string[] = [];
  if (!run.verbose) {
    // What runs it alone is told as well, so its variables may be left out.
    const isShort = again === undefined || run.commandLine.length <= longestShown;
    const told = isShort ? run.commandLine : quoteWords(withoutShell(run.argv ?? []));
    lines.push(marker + (run.argv === undefined ? result.stdout : told));
  }
  if (!run.verbose && !options.printErrorLogs) return lines;
  const whole = again !== undefined && isBad(outcome);
  const most = run.verbose ? Number.POSITIVE_INFINITY : options.maxLines;
  // Of what is parsed Meson shows the parts only.
  const output = needsParsing(run.test) && !whole ? '' : result.stdout;
  const log = shortened(logOf(result, output), most);
  return log === '' ? lines : [...lines, begin(), clean(log), end()];
}

function logOf({ stderr, additionalError }: NumberedResult, output: string): string {
  const errors = [stderr, additionalError].filter((text) => text !== '').join('\n');
  if (errors === '') return output.trimEnd();
  return `${output === '' ? '' : `stdout:\n${output}`}stderr:\n${errors}`.trimEnd();
}

function shortened(log: string, maxLines: number): string {
  const lines = log.split('\n');
  if (lines.length < maxLines) return log;
  const title = `Listing only the last ${maxLines} lines from a long log.\n`;
  return title + lines.slice(-maxLines).join('\n');
}

function endText(
  totals: TestTotals,
  options: TestOptions | undefined,
  line: (result: NumberedResult) => string,
): string {
  const wanted = options?.printErrorLogs === true || options?.verbose === true;
  const failures =
    wanted && totals.failures.length > 0
      ? ['\nSummary of Failures:\n', ...totals.failures.map(line)]
      : [];
  return [...failures, summary(totals)].map((text) => `${text}\n`).join('');
}

function paintOutcome(text: string, outcome: TestOutcome | 'running'): string {
  if (outcome === 'running') return `\u001b[34m${text}\u001b[0m`;
  if (isBad(outcome)) return `\u001b[31m${text}\u001b[0m`;
  const yellow = outcome === 'skip' || outcome === 'ignored' || outcome === 'expected-fail';
  return `\u001b[${yellow ? 33 : 32}m${text}\u001b[0m`;
}
