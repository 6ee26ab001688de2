import { lineText, positionAt, type Source, type Span } from './source.ts';

/**
 * The code at fault with a caret under it:
 *
 *      3 |   linkwith: [],
 *        |   ^^^^^^^^
 *
 * A span over several lines is marked to the end of its first line.
 */
export function codeFrame(source: Source, span: Span): string {
  const { line, column } = positionAt(source, span.start);
  const whole = lineText(source, line);
  if (whole.trim() === '') return '';
  const { text, at } = aroundColumn(whole, column);
  const gutter = String(line).padStart(5);
  // Tabs before the caret are kept, so that it stands right whatever a tab's width is.
  const lead = text.slice(0, at).replace(/[^\t]/g, ' ');
  const length = Math.max(1, Math.min(span.end - span.start, text.length - at));
  return `${gutter} | ${text}\n${' '.repeat(gutter.length)} | ${lead}${'^'.repeat(length)}`;
}

/** Beyond this a line is cut: a generated file may be a single one. */
const longest = 240;
const before = 80;

/** The stretch of a line that is shown, and where in it the column lies. */
function aroundColumn(
  line: string,
  column: number,
): { readonly text: string; readonly at: number } {
  if (line.length <= longest) return { text: line, at: column };
  const from = Math.max(0, column - before);
  const lead = from > 0 ? '…' : '';
  const tail = from + longest < line.length ? '…' : '';
  return { text: lead + line.slice(from, from + longest) + tail, at: column - from + lead.length };
}
