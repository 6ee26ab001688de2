import type { Cursor } from './cursor.ts';
import type { TokenKind } from './token.ts';

/** Leaves a statement whose error is told: to the end of its line, or to the next line that begins a statement. */
export function resume(cursor: Cursor): void {
  const broken = cursor.brokenString;
  const lineEnd = broken === undefined ? undefined : cursor.lexer.lineEndInside(broken);
  if (lineEnd !== undefined && !cursor.hasGivenUp) {
    cursor.resumeAt(lineEnd);
    return;
  }
  const { problems, lexer } = cursor;
  const { quiet } = problems;
  problems.quiet = true;
  while (!cursor.at('eol') && !cursor.at('eof') && !startsStatement(cursor)) {
    cursor.advance();
  }
  problems.quiet = quiet;
  if (lexer.insideBrackets) cursor.orphanedCloser = true;
  lexer.leaveBrackets();
}

/**
 * Whether the current token, which no expression can go on with, looks like the begin of the next
 * statement, so that a bracket before it was never closed: a block's word, or `name =`, `name(` or
 * `name.` no deeper than the statement before.
 */
export function startsStatement(cursor: Cursor): boolean {
  const { start, end, kind } = cursor.token;
  if (start <= cursor.statementStart) return false;
  const indent = indentation(cursor.source.text, start);
  if (indent === undefined) return false;
  if (blockWords.has(kind)) return true;
  if (kind !== 'id') return false;
  if (indent > (indentation(cursor.source.text, cursor.statementStart) ?? 0)) return false;
  follower.lastIndex = end;
  return follower.test(cursor.source.text);
}

/** Whether an expression may begin with a token. */
export function startsValue(kind: TokenKind): boolean {
  return valueStarts.has(kind);
}

const follower = /[ \t]*(?:=(?!=)|\+=|\(|\.)/y;

const blockWords: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'if',
  'elif',
  'else',
  'endif',
  'foreach',
  'endforeach',
  'break',
  'continue',
  'testcase',
  'endtestcase',
]);

const valueStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'string',
  'fstring',
  'multiline_string',
  'multiline_fstring',
  'id',
  'number',
  'true',
  'false',
  'lbracket',
  'lcurl',
]);

/** How far a token is indented, or undefined if it is not the first of its line. */
export function indentation(text: string, offset: number): number | undefined {
  let at = offset;
  while (at > 0 && (text.charCodeAt(at - 1) === 32 || text.charCodeAt(at - 1) === 9)) at--;
  const before = at === 0 ? 10 : text.charCodeAt(at - 1);
  return before === 10 || before === 13 ? offset - at : undefined;
}
