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
  const text = lineText(source, line);
  if (text.trim() === '') return '';
  const gutter = String(line).padStart(5);
  // Tabs before the caret are kept, so that it stands right whatever a tab's width is.
  const lead = text.slice(0, column).replace(/[^\t]/g, ' ');
  const length = Math.max(1, Math.min(span.end - span.start, text.length - column));
  return `${gutter} | ${text}\n${' '.repeat(gutter.length)} | ${lead}${'^'.repeat(length)}`;
}
