import type { Span } from '../diag/source.ts';
import { type Edit, insertion } from './edit.ts';

/** What stands between brackets: its items in order, and where the brackets are. */
export interface ListText {
  readonly text: string;
  /** Behind the opening bracket. */
  readonly start: number;
  /** Before the closing one. */
  readonly end: number;
  readonly items: readonly Span[];
}

/** Puts items behind others (or first, at -1), laid out as what is there. */
export function insertItems(
  list: ListText,
  behind: number,
  items: readonly string[],
): readonly Edit[] {
  if (items.length === 0) return [];
  const { text } = list;
  const before = list.items[behind];
  const next = list.items[behind + 1];
  if (before === undefined && next === undefined) return [insertion(list.start, items.join(', '))];
  if (before === undefined || next !== undefined) return insertBefore(list, behind + 1, items);
  const indent = indentOf(text, before.start);
  const isOwnLine = indent !== undefined;
  const comma = commaBehind(list, before.end);
  if (!isOwnLine) {
    const at = before.end;
    return [insertion(at, items.map((item) => `, ${item}`).join(''))];
  }
  // Behind the comment of its line.
  const line = lineEnd(text, comma ?? before.end);
  const isLast = line >= list.end;
  const at = isLast ? (comma === undefined ? before.end : comma + 1) : line;
  const rows = items.map((item, index) => {
    const hasComma = comma !== undefined || index < items.length - 1;
    return `\n${indent}${item}${hasComma ? ',' : ''}`;
  });
  const edits = [insertion(at, rows.join(''))];
  return comma === undefined ? [insertion(before.end, ','), ...edits] : edits;
}

function insertBefore(list: ListText, at: number, items: readonly string[]): readonly Edit[] {
  const next = list.items[at];
  if (next === undefined) return [];
  const indent = indentOf(list.text, next.start);
  const between = indent === undefined ? ', ' : `,\n${indent}`;
  return [insertion(next.start, items.map((item) => item + between).join(''))];
}

/** Takes items away, with their commas, and with their lines where they stand alone. */
export function removeItems(list: ListText, gone: readonly number[]): readonly Edit[] {
  const stays = list.items.map((_item, at) => !gone.includes(at));
  return gone.map((at) => {
    return { span: removedSpan(list, at, stays), text: '' };
  });
}

function removedSpan(list: ListText, at: number, stays: readonly boolean[]): Span {
  const { text, start } = list;
  const item = list.items[at] ?? { start, end: start };
  const comma = commaBehind(list, item.end);
  const end = comma === undefined ? item.end : comma + 1;
  const rest = text.slice(end, lineEnd(text, end));
  const indent = indentOf(text, item.start);
  const isAlone =
    indent !== undefined && /^[ \t]*(#.*)?$/.test(rest) && lineEnd(text, end) < list.end;
  if (isAlone) {
    return { start: item.start - indent.length, end: lineEnd(text, end) + 1 };
  }
  const next = list.items[at + 1];
  const isFollowed = stays.some((stay, index) => stay && index > at);
  if (next !== undefined && isFollowed) return { start: item.start, end: next.start };
  // The last ones take the comma before them.
  const before = list.items[stays.lastIndexOf(true)];
  return before === undefined ? { start: item.start, end } : { start: before.end, end: item.end };
}

/** The comma behind an item, with nothing but space and comments between. */
function commaBehind({ text, end }: ListText, from: number): number | undefined {
  const gap = /(?:\s|#[^\r\n]*|\\)*/y;
  gap.lastIndex = from;
  const at = from + (gap.exec(text)?.[0].length ?? 0);
  return at < end && text[at] === ',' ? at : undefined;
}

/** The space before what begins a line; undefined where something stands before it. */
function indentOf(text: string, at: number): string | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(start, at);
  return before.trim() === '' && start > 0 ? before : undefined;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
