/** A word of a build file with what stands behind it, up to the next word. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly gap: GapText;
}

/** What stands between two words. */
export interface GapText {
  readonly lines: readonly GapLine[];
  readonly comments: boolean;
  readonly newline: boolean;
  /** A backslash at the end of a line. */
  readonly continued: boolean;
}

/** The comment of a line of a gap; empty where there is none. The first line is that of the word before. */
export type GapLine = string;

const pattern =
  /f?'''[\s\S]*?'''|f?'(?:[^'\\]|\\[\s\S])*'|[a-zA-Z_][a-zA-Z0-9_]*|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|[0-9]+|\+=|==|!=|<=|>=|[^\s#\\]/y;

/** The words of a text that the parser has accepted; first the gap before them. */
export function wordsOf(text: string): {
  readonly before: GapText;
  readonly words: readonly Word[];
} {
  const before = gapEnd(text, 0);
  const words: Word[] = [];
  for (let at = before; at < text.length; ) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? text.slice(at, at + 1);
    const end = at + found.length;
    const next = gapEnd(text, end);
    words.push({ text: found, start: at, end, gap: gapText(text.slice(end, next)) });
    at = next;
  }
  return { before: gapText(text.slice(0, before)), words };
}

function gapEnd(text: string, start: number): number {
  const gap = /(?:\s|#[^\r\n]*|\\)*/y;
  gap.lastIndex = start;
  return start + (gap.exec(text)?.[0].length ?? 0);
}

function gapText(text: string): GapText {
  const lines = text.split(/\r\n|\n|\r/).map((line) => {
    const at = line.indexOf('#');
    return at === -1 ? '' : line.slice(at).trimEnd();
  });
  return {
    lines,
    comments: lines.some((line) => line !== ''),
    newline: lines.length > 1,
    continued: /^[^#\n]*\\/.test(text),
  };
}

/** Nothing, on the same line. */
export const noGap: GapText = { lines: [''], comments: false, newline: false, continued: false };

/** Commas behind the only argument of a call, by the number of their word. */
export function singleCommas(words: readonly Word[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open: number[] = [];
  for (const [at, { text }] of words.entries()) {
    if (text === '(' || text === '[' || text === '{') open.push(0);
    else if (text === ',') open.push((open.pop() ?? 0) + 1);
    else if (text === ')' || text === ']' || text === '}') {
      const commas = open.pop();
      if (text === ')' && commas === 1 && words[at - 1]?.text === ',') found.add(at - 1);
    }
  }
  return found;
}

/** Where each bracket is closed, by the number of its word. */
export function closersOf(words: readonly Word[]): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const open: number[] = [];
  words.forEach(({ text }, at) => {
    if (text === '(' || text === '[' || text === '{') open.push(at);
    const closes = text === ')' || text === ']' || text === '}';
    const opener = closes ? open.pop() : undefined;
    if (opener !== undefined) closers.set(opener, at);
  });
  return closers;
}
