import type { TestOutcome } from '../../events/event.ts';
import { textWidth } from '../../events/text-width.ts';
import { details } from '../test-run.ts';
import type { NumberedResult, TestSession, TestTotals } from './observer.ts';

/** Meson's words for outcomes; in the log they stand for the machine too. */
export const outcomeWords: Readonly<Record<TestOutcome, string>> = {
  ok: 'OK',
  fail: 'FAIL',
  'expected-fail': 'EXPECTEDFAIL',
  'unexpected-pass': 'UNEXPECTEDPASS',
  skip: 'SKIP',
  ignored: 'IGNORED',
  timeout: 'TIMEOUT',
  interrupted: 'INTERRUPT',
  error: 'ERROR',
};

const outcomeWidth = 'UNEXPECTEDPASS'.length;

/** Colours a text by the outcome it stands for. */
export type Paint = (text: string, outcome: TestOutcome | 'running') => string;

/** How wide the columns of all lines of a session are. */
export interface Columns {
  readonly total: number;
  readonly left: number;
  readonly title: number;
  readonly duration: number;
}

/** How wide the columns of the result lines are, so that they stay below each other. */
export function columnsOf({ runs }: TestSession): Columns {
  const digits = String(runs.length).length;
  return {
    total: runs.length,
    left: 2 * digits + 2,
    title: Math.max(0, ...runs.map(({ title }) => textWidth(title))),
    duration: Math.max(
      ...runs.map(({ timeoutSeconds }) => String(Math.trunc(timeoutSeconds ?? 99)).length),
    ),
  };
}

/** `1/3 proj:name   OK   0.01s   2 subtests passed`. */
export function resultLine(result: NumberedResult, columns: Columns, paint: Paint): string {
  const word = paint(outcomeWords[result.outcome].padEnd(outcomeWidth), result.outcome);
  const seconds = (result.durationMs / 1000).toFixed(2).padStart(columns.duration + 3);
  const detail = details(result);
  const right = `${word} ${seconds}s${detail === '' ? '' : `   ${detail}`}`;
  return columnLine(columns, {
    left: count(result.number, columns),
    middle: result.run.title,
    right,
  });
}

/** The line of a test that was started and is watched. */
export function runningLine(
  { run, number }: Pick<NumberedResult, 'run' | 'number'>,
  columns: Columns,
  paint: Paint,
): string {
  const right = paint('RUNNING'.padEnd(outcomeWidth), 'running');
  return columnLine(columns, { left: count(number, columns), middle: run.title, right });
}

/** A line for a part of a test, which is told by its number. */
export function subtestLine(
  {
    name,
    outcome,
    of,
  }: { readonly name: string; readonly outcome: TestOutcome; readonly of: number },
  columns: Columns,
  paint: Paint,
): string {
  const right = paint(outcomeWords[outcome].padEnd(outcomeWidth), outcome);
  return columnLine(columns, { left: `▶ ${count(of, columns)}`, middle: name, right });
}

function count(number: number, { total }: Columns): string {
  return `${String(number).padStart(String(total).length)}/${total} `;
}

function columnLine(
  { left: leftWidth, title }: Columns,
  line: { readonly left: string; readonly middle: string; readonly right: string },
): string {
  const gap = leftWidth + title + 1 - textWidth(line.middle) - textWidth(line.left);
  return line.left + line.middle + ' '.repeat(Math.max(1, gap)) + line.right;
}

/** The counts below all results, as Meson prints them. */
export function summary({ counts }: TestTotals): string {
  const fail = counts.fail + counts.error + counts.interrupted;
  const rows: readonly (readonly [string, number, always: boolean])[] = [
    ['Ok:', counts.ok, true],
    ['Expected Fail:', counts['expected-fail'], false],
    ['Fail:', fail, true],
    ['Unexpected Pass:', counts['unexpected-pass'], false],
    ['Skipped:', counts.skip, false],
    ['Ignored:', counts.ignored, false],
    ['Timeout:', counts.timeout, false],
  ];
  const lines = rows
    .filter(([, number, always]) => always || number > 0)
    .map(([label, number]) => label.padEnd(19) + String(number).padEnd(4));
  return `\n${lines.join('\n')}\n`;
}

/** `=== title ===`, as wide as asked. */
export function ruler(title: string, dash: string, columns: number): string {
  if (title === '') return dash.repeat(columns);
  const text = ` ${title} `;
  const width = textWidth(text);
  const first = Math.max(0, Math.floor((columns - width) / 2));
  return dash.repeat(first) + text + dash.repeat(Math.max(0, columns - first - width));
}
