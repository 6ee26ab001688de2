import { type Diagnostic, errorAt, type Place } from '../diag/diagnostic.ts';
import type { Source, Span } from '../diag/source.ts';
import { Lexer, type LexerOptions } from './lexer.ts';
import { Problems } from './problems.ts';
import { type Closer, type Opener, spanOf, type Token, type TokenKind } from './token.ts';
import { maxDepth } from './tree.ts';

/** Thrown where a statement cannot be understood any further, its error told; caught at the next line. */
export const panic = new Error('this statement cannot be understood');

/** A bracket or block that is open around the current token: what may end it. */
export type Frame = ReadonlySet<TokenKind>;

/** The parser's place in the text: the current token, what is open around it, and what is wrong so far. */
export class Cursor {
  readonly source: Source;
  readonly problems = new Problems();
  readonly frames: Frame[] = [];
  /** Meson forbids a ternary anywhere inside another, also inside brackets. */
  insideTernary = false;
  /** Set once a bracket was given up as never closed: its closer may still come. */
  orphanedCloser = false;
  /** The first end of a block that is indented otherwise than its begin: an end before it may be missing. */
  oddEnd: Token | undefined;
  /** Where the statement in work begins. */
  statementStart = 0;
  #gaveUp = false;
  readonly #lexer: Lexer;
  #token: Token;
  #previous: Token;

  constructor(source: Source, options: LexerOptions) {
    this.source = source;
    this.#lexer = new Lexer(source, this.problems, options);
    this.#previous = { kind: 'eol', start: 0, end: 0 };
    this.#token = this.#previous;
    if (source.text.startsWith('\uFEFF')) {
      const place = { source, span: { start: 0, end: 1 }, position: { line: 0, column: 0 } };
      const message = 'Builder file must be encoded in UTF-8 (with no BOM)';
      this.problems.report(errorAt(place, message, 'Save it without a byte order mark.'), -2);
      this.#lexer.seek(1);
    }
    this.#token = this.#lexer.next();
  }

  get lexer(): Lexer {
    return this.#lexer;
  }

  get token(): Token {
    return this.#token;
  }

  get previous(): Token {
    return this.#previous;
  }

  get kind(): TokenKind {
    return this.#token.kind;
  }

  at(kind: TokenKind): boolean {
    return this.#token.kind === kind;
  }

  advance(): Token {
    this.#previous = this.#token;
    this.#token = this.#lexer.next();
    return this.#previous;
  }

  accept(kind: TokenKind): boolean {
    if (this.#token.kind !== kind) return false;
    this.advance();
    return true;
  }

  expect(kind: TokenKind, hint?: string): Token {
    if (this.#token.kind === kind) return this.advance();
    return this.fail(expecting(kind, this.#token), hint);
  }

  text(span: Span): string {
    return this.source.text.slice(span.start, span.end);
  }

  /** From an offset to the end of the last token that was taken. */
  spanFrom(start: number): Span {
    return { start, end: Math.max(start, this.#previous.end) };
  }

  /** Tells an error; the current token is where Meson would stop. */
  report(span: Span, message: string, more: Partial<Diagnostic> = {}): void {
    if (this.#token.kind === 'bad') return; // told by the lexer
    const place = this.#place(span);
    const error: Diagnostic = {
      severity: 'error',
      message,
      place,
      hints: [],
      related: [],
      ...this.#lostQuote(),
      ...more,
    };
    this.problems.report(error, this.#token.start);
    if (this.#lexer.unclosed !== undefined || this.problems.full) this.#giveUp();
  }

  /** Tells an error at the current token and gives up the statement. */
  fail(message: string, hint?: string): never {
    this.report(this.#token, message, hint === undefined ? {} : { hints: [hint] });
    throw panic;
  }

  warn(warning: Diagnostic): void {
    this.problems.warnings.push(warning);
  }

  enter(opener: Token, enders: Frame): void {
    this.frames.push(enders);
    if (this.frames.length <= maxDepth) return;
    this.report(opener, `Brackets and blocks are nested more than ${maxDepth} deep.`);
    this.#giveUp();
    throw panic;
  }

  leave(): void {
    this.frames.pop();
  }

  /**
   * Takes the closer of the innermost bracket, and leaves it. Another closer in its place closes
   * this one too, or, where it fits a bracket further out, stands for a closer that is missing.
   */
  close(opener: Token, kind: Closer): void {
    if (this.#token.kind !== kind) this.#closeAnyway(opener, kind);
    else this.advance();
    this.leave();
  }

  #closeAnyway(opener: Token, kind: Closer): void {
    this.reportUnclosed(opener, kind);
    const found = this.#token.kind;
    if (found !== 'rparen' && found !== 'rbracket' && found !== 'rcurl') throw panic;
    this.#lexer.pretend(kind);
    if (this.frames.slice(0, -1).some((enders) => enders.has(found))) return;
    this.#lexer.pretend(openers[found]);
    this.advance();
  }

  /** Tells that what should close a bracket or a block is missing, or, with a hint, what else is. */
  reportUnclosed(opener: Token, kind: TokenKind, hint?: string): void {
    const message = expecting(kind, this.#token);
    if (hint !== undefined) {
      this.report(this.#token, message, { hints: [hint] });
      return;
    }
    this.report(this.#token, message, {
      ...(this.#token.kind === 'eof' ? { focus: spanOf(opener) } : {}),
      related: [
        this.#related(opener, `"${this.text(opener)}" begins here`),
        ...(this.oddEnd === undefined || this.#token.kind !== 'eof'
          ? []
          : [this.#related(this.oddEnd, 'this does not stand under the word whose block it ends')]),
      ],
    });
  }

  #related(span: Span, message: string): Diagnostic['related'][number] {
    return { place: { source: this.source, span: spanOf(span) }, message };
  }

  /** Goes on at an offset of an earlier or later line. */
  resumeAt(offset: number): void {
    this.#lexer.leaveBrackets();
    this.#lexer.seek(offset);
    this.#token = this.#lexer.next();
  }

  #place(span: Span): Place {
    const atEnd = span.start === this.source.text.length;
    const position = atEnd ? this.#lexer.endPosition : this.#lexer.positionOf(span.start);
    const place = { source: this.source, span: spanOf(span) };
    return position === undefined ? place : { ...place, position };
  }

  /** Where a quote seems lost, the string at fault: `message('a, 'b')`. */
  #lostQuote(): Partial<Diagnostic> {
    const { unclosed } = this.#lexer;
    if (unclosed !== undefined) {
      const span = { start: unclosed, end: this.source.text.indexOf("'''", unclosed) + 3 };
      return { focus: span, hints: ["Nothing closes this '''."] };
    }
    const broken = this.brokenString;
    if (broken === undefined) return {};
    const lineEnd = this.#lexer.lineEndInside(broken) ?? broken.end;
    return {
      focus: { start: broken.start, end: lineEnd },
      hints: ['No quote closes this string on its line.'],
    };
  }

  /** The last token or the one before it, if that is a single-quoted string over several lines. */
  get brokenString(): Token | undefined {
    return [this.#previous, this.#token].find(
      (token) => this.#lexer.lineEndInside(token) !== undefined,
    );
  }

  /** Whether the rest of the text was left unread, because nothing more of use could be said of it. */
  get hasGivenUp(): boolean {
    return this.#gaveUp;
  }

  #giveUp(): void {
    this.#gaveUp = true;
    this.problems.quiet = true;
    this.resumeAt(this.source.text.length);
  }
}

/** Meson's words for a token in the place of another. */
export function expecting(kind: TokenKind, found: Token): string {
  return `Expecting ${kind} got ${found.kind}.`;
}

const openers: Readonly<Record<Closer, Opener>> = {
  rparen: 'lparen',
  rbracket: 'lbracket',
  rcurl: 'lcurl',
};
