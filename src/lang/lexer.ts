import { type Position, positionAt, type Source } from '../diag/source.ts';
import { complain } from './complain.ts';
import type { Problems } from './problems.ts';
import { type Keyword, keywords, type Token, type TokenKind, testKeywords } from './token.ts';
import type { Comment } from './tree.ts';

/** What a text may hold beside plain build files. */
export interface LexerOptions {
  /** `testcase … endtestcase`, which Meson knows only while it runs its own tests. */
  readonly testcases?: boolean;
  /** `~` is a name, as in values of machine files. */
  readonly machineFile?: boolean;
}

/** Cuts a text into tokens, one at a time, so that the parser can tell it to begin anew after an error. */
export class Lexer {
  readonly #source: Source;
  readonly #text: string;
  readonly #problems: Problems;
  readonly #keywords: ReadonlyMap<string, Keyword>;
  readonly #machineFile: boolean;
  readonly #comments: Comment[] = [];
  #at = 0;
  /** Where the last token, space or comment began: Meson counts the end of a file from there. */
  #lastStart = 0;
  /** Counted apart and below zero, as Meson does: a line ends where none is above zero. */
  #parens = 0;
  #brackets = 0;
  #curls = 0;
  /** Where a `'''` begins that nothing closes; what follows it is not to be trusted. */
  #unclosed: number | undefined;
  /** Single-quoted strings over several lines, and where the first line of each ends. */
  readonly #broken: { readonly token: Token; readonly lineEnd: number }[] = [];

  constructor(source: Source, problems: Problems, options: LexerOptions) {
    this.#source = source;
    this.#text = source.text;
    this.#problems = problems;
    this.#keywords = options.testcases === true ? testKeywords : keywords;
    this.#machineFile = options.machineFile === true;
  }

  get comments(): readonly Comment[] {
    return this.#comments;
  }

  get unclosed(): number | undefined {
    return this.#unclosed;
  }

  /** Where to begin anew when a token is a single-quoted string over several lines: its quote may be lost. */
  lineEndInside(token: Token): number | undefined {
    const broken = this.#broken.findLast((broken) => broken.token.start <= token.start);
    return broken?.token === token ? broken.lineEnd : undefined;
  }

  get insideBrackets(): boolean {
    return this.#parens > 0 || this.#brackets > 0 || this.#curls > 0;
  }

  leaveBrackets(): void {
    this.#parens = 0;
    this.#brackets = 0;
    this.#curls = 0;
  }

  /** As if a bracket had been written that is missing. */
  pretend(kind: TokenKind): void {
    this.#count(kind);
  }

  /** Goes on at another offset. */
  seek(offset: number): void {
    this.#at = offset;
    while ((this.#comments.at(-1)?.span.start ?? -1) >= offset) this.#comments.pop();
    while ((this.#broken.at(-1)?.token.end ?? -1) > offset) this.#broken.pop();
  }

  /** Where Meson says the file ends: behind its last token, on the line where that began. */
  get endPosition(): Position {
    const { line, column } =
      this.positionOf(this.#lastStart) ?? positionAt(this.#source, this.#lastStart);
    const tail = this.#text.slice(this.#lastStart).replaceAll('\r\n', '\n');
    return { line, column: column + tail.length };
  }

  /** What Meson calls an offset, where that is not its true place: it does not count the line ends in single quotes. */
  positionOf(offset: number): Position | undefined {
    if (!this.#broken.some(({ token }) => token.end <= offset)) return undefined;
    let text = '';
    let from = 0;
    for (const { token, lineEnd } of this.#broken) {
      if (token.end > offset) break;
      text += this.#text.slice(from, lineEnd);
      text += '.'.repeat(token.end - lineEnd);
      from = token.end;
    }
    return positionAt({ path: '', text: text + this.#text.slice(from, offset) }, offset);
  }

  next(): Token {
    const text = this.#text;
    for (;;) {
      const start = this.#at;
      if (start >= text.length) return { kind: 'eof', start, end: start };
      this.#lastStart = start;
      const code = text.charCodeAt(start);
      if (code === 32 || code === 9) {
        this.#at = blanksEnd(text, start + 1);
      } else if (code === 10 || code === 13) {
        this.#at = lineBreakEnd(text, start);
        if (!this.insideBrackets) return { kind: 'eol', start, end: this.#at };
      } else if (code === 35) {
        this.#comment(start);
      } else if (code !== 92 || !this.#continuation(start)) {
        const token = this.#word(start, code);
        this.#at = token.end;
        return token;
      }
    }
  }

  #comment(start: number): void {
    const end = lineEnd(this.#text, start);
    this.#comments.push({ span: { start, end }, text: this.#text.slice(start, end) });
    this.#at = end;
  }

  /** A backslash that joins the next line: only space and a comment may follow it. */
  #continuation(start: number): boolean {
    const at = blanksEnd(this.#text, start + 1);
    const end = this.#text.charCodeAt(at) === 35 ? lineEnd(this.#text, at) : at;
    const next = lineBreakEnd(this.#text, end);
    if (next === end) return false;
    if (end > at) this.#comment(at);
    this.#at = next;
    return true;
  }

  #word(start: number, code: number): Token {
    if (code === 39) return this.#string(start, start) ?? this.#unknown(start);
    if (isLetter(code)) {
      const quoted = code === 102 && this.#text.charCodeAt(start + 1) === 39;
      return (quoted ? this.#string(start, start + 1) : undefined) ?? this.#name(start);
    }
    if (isDigit(code)) return { kind: 'number', start, end: numberEnd(this.#text, start) };
    const next = this.#text.charCodeAt(start + 1);
    const double = next === 61 ? withEqualSign.get(code) : undefined;
    if (double !== undefined) return { kind: double, start, end: start + 2 };
    const single = singles[code];
    if (single !== undefined) {
      this.#count(single);
      return { kind: single, start, end: start + 1 };
    }
    if (code === 126 && this.#machineFile) return { kind: 'id', start, end: start + 1 };
    return this.#unknown(start);
  }

  #name(start: number): Token {
    let end = start + 1;
    while (end < this.#text.length && isNamePart(this.#text.charCodeAt(end))) end++;
    const name = this.#text.slice(start, end);
    if (name === 'return')
      this.#problems.warnings.push(complain.reserved(this.#source, start, end));
    return { kind: this.#keywords.get(name) ?? 'id', start, end };
  }

  /** A string that begins at `start`, its first quote at `quote`; undefined when no quote closes it. */
  #string(start: number, quote: number): Token | undefined {
    const text = this.#text;
    const format = quote > start;
    if (text.startsWith("'''", quote)) {
      const close = text.indexOf("'''", quote + 3);
      const kind = format ? 'multiline_fstring' : 'multiline_string';
      if (close !== -1) return { kind, start, end: close + 3 };
      this.#unclosed ??= start;
    }
    let firstBreak = -1;
    for (let at = quote + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 39) {
        const token: Token = { kind: format ? 'fstring' : 'string', start, end: at + 1 };
        if (firstBreak !== -1) this.#noteBreak(token, firstBreak);
        return token;
      }
      if (code === 92) {
        at++;
        // As in Meson, a backslash cannot join the lines of a string.
        if (lineBreakEnd(text, at) > at) return undefined;
      } else if ((code === 10 || code === 13) && firstBreak === -1) {
        firstBreak = at;
      }
    }
    return undefined;
  }

  #noteBreak(token: Token, lineEnd: number): void {
    this.#broken.push({ token, lineEnd });
    this.#problems.warnings.push(complain.newlineInString(this.#source, token));
  }

  #unknown(start: number): Token {
    const { diagnostic, token } = complain.unknownText(this.#source, {
      start,
      insideBrackets: this.insideBrackets,
    });
    const { place } = diagnostic;
    const position = this.positionOf(start);
    const moved = place !== undefined && position !== undefined;
    this.#problems.report(
      moved ? { ...diagnostic, place: { ...place, position } } : diagnostic,
      start,
    );
    return token;
  }

  #count(kind: TokenKind): void {
    if (kind === 'lparen') this.#parens++;
    else if (kind === 'rparen') this.#parens--;
    else if (kind === 'lbracket') this.#brackets++;
    else if (kind === 'rbracket') this.#brackets--;
    else if (kind === 'lcurl') this.#curls++;
    else if (kind === 'rcurl') this.#curls--;
  }
}

const withEqualSign: ReadonlyMap<number, TokenKind> = new Map([
  [43, 'plusassign'],
  [61, 'equal'],
  [33, 'nequal'],
  [60, 'le'],
  [62, 'ge'],
]);

const singles: (TokenKind | undefined)[] = new Array(128).fill(undefined);
const singleKinds: Readonly<Record<string, TokenKind>> = {
  '(': 'lparen',
  ')': 'rparen',
  '[': 'lbracket',
  ']': 'rbracket',
  '{': 'lcurl',
  '}': 'rcurl',
  ',': 'comma',
  '.': 'dot',
  '+': 'plus',
  '-': 'dash',
  '*': 'star',
  '%': 'percent',
  '/': 'fslash',
  ':': 'colon',
  '=': 'assign',
  '<': 'lt',
  '>': 'gt',
  '?': 'questionmark',
};
for (const [character, kind] of Object.entries(singleKinds)) {
  singles[character.charCodeAt(0)] = kind;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isNamePart(code: number): boolean {
  return isLetter(code) || isDigit(code);
}

function blanksEnd(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 32 || code === 9; code = text.charCodeAt(at)) at++;
  return at;
}

/** Behind the line break at an offset: `\n`, `\r\n` or `\r`, which Meson reads alike; the offset itself if there is none. */
function lineBreakEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 10) return at + 1;
  if (code === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  return at;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && lineBreakEnd(text, at) === at) at++;
  return at;
}

/** Decimal numbers have no leading zero: `012` is two tokens, as in Meson. */
function numberEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== 48) {
    let at = start + 1;
    while (isDigit(text.charCodeAt(at))) at++;
    return at;
  }
  prefixed.lastIndex = start;
  return prefixed.test(text) ? prefixed.lastIndex : start + 1;
}

const prefixed = /0(?:[bB][01]+|[oO][0-7]+|[xX][0-9a-fA-F]+)/y;
