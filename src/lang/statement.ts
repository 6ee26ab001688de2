import type { Span } from '../diag/source.ts';
import { type Cursor, expecting, panic } from './cursor.ts';
import { parseExpression } from './expression.ts';
import { indentation, resume } from './recovery.ts';
import { spanOf, type Token, type TokenKind } from './token.ts';
import type { Block, Branch, Expression, Statement } from './tree.ts';

/** All statements of a file. */
export function parseFile(cursor: Cursor): Block {
  return parseBlock(cursor, 'eof', blocks.file);
}

/** The statements up to one of the words that may end them here; that word is left to the caller. */
function parseBlock(cursor: Cursor, closer: TokenKind, ends: ReadonlySet<TokenKind>): Block {
  const statements: Statement[] = [];
  for (;;) {
    const attempted = attempt(cursor, () => parseStatement(cursor));
    if (attempted?.result !== undefined) statements.push(attempted.result);
    if (cursor.accept('eol')) continue;
    if (ends.has(cursor.kind) || cursor.at('eof')) return statements;
    if (leavesBlock(cursor, closer)) return statements;
    // Behind trouble, a statement may begin here at once.
    if (attempted === undefined && !endWords.has(cursor.kind)) continue;
    refuse(cursor, closer);
  }
}

/** Whether the current word ends a block, though not this one: then this one's own end is missing or misspelt. */
function leavesBlock(cursor: Cursor, closer: TokenKind): boolean {
  if (!endWords.has(cursor.kind)) return false;
  if (cursor.frames.some((enders) => enders.has(cursor.kind))) return true;
  return closer !== 'eof' && !cursor.at('elif') && !cursor.at('else');
}

/** Complains of what stands behind a statement, and goes on after it. */
function refuse(cursor: Cursor, closer: TokenKind): void {
  const orphan = cursor.orphanedCloser && closers.has(cursor.kind);
  cursor.orphanedCloser = false;
  const hint = hintFor(cursor);
  if (!orphan) {
    cursor.report(cursor.token, expecting(closer, cursor.token), {
      ...(hint === undefined ? {} : { hints: [hint] }),
    });
  }
  cursor.statementStart = Math.max(cursor.statementStart, cursor.token.start);
  resume(cursor);
}

function hintFor(cursor: Cursor): string | undefined {
  const { previous, token } = cursor;
  if (token.kind === 'number' && previous.kind === 'number' && previous.end === token.start) {
    return 'A number has no leading zeros; an octal number begins with 0o.';
  }
  if (previous.start !== cursor.statementStart || previous.kind !== 'id') return undefined;
  return misspelt.get(cursor.text(previous));
}

function parseStatement(cursor: Cursor): Statement | undefined {
  const { token } = cursor;
  cursor.statementStart = token.start;
  switch (token.kind) {
    case 'eol':
      return undefined;
    case 'if':
      return parseIf(cursor);
    case 'foreach':
      return parseForeach(cursor);
    case 'testcase':
      return parseTestcase(cursor);
    case 'break':
    case 'continue':
      cursor.advance();
      return {
        kind: token.kind,
        span: spanOf(token),
        next: cursor.token.start,
      };
    default:
      return asStatement(parseExpression(cursor));
  }
}

function asStatement(expression: Expression): Statement | undefined {
  switch (expression.kind) {
    case 'missing':
      return undefined;
    case 'assignment':
      return expression;
    default:
      return { kind: 'expression', span: expression.span, expression };
  }
}

function parseIf(cursor: Cursor): Statement {
  const opener = cursor.token;
  const branches: Branch[] = [];
  let otherwise: { readonly span: Span; readonly body: Block } | undefined;
  cursor.enter(opener, blocks.if);
  while (cursor.at('if') || cursor.at('elif')) {
    branches.push(parseBranch(cursor));
    if (!cursor.at('else')) continue;
    const span = spanOf(cursor.advance());
    if (cursor.at('if')) {
      const message = expecting('eol', cursor.token);
      const focus = { start: span.start, end: cursor.token.end };
      cursor.report(cursor.token, message, { focus, hints: ['Write "elif".'] });
      continue;
    }
    cursor.leave();
    cursor.enter(opener, blocks.else);
    header(cursor, () => cursor.expect('eol'));
    otherwise = { span, body: parseBlock(cursor, 'endif', blocks.else) };
  }
  closeBlock(cursor, opener, 'endif');
  const span = cursor.spanFrom(opener.start);
  if (otherwise === undefined) return { kind: 'if', span, branches };
  const { body, span: otherwiseSpan } = otherwise;
  return { kind: 'if', span, branches, otherwise: body, otherwiseSpan };
}

function parseBranch(cursor: Cursor): Branch {
  const keywordSpan = spanOf(cursor.advance());
  const condition = parseCondition(cursor);
  const body = parseBlock(cursor, 'endif', blocks.if);
  return { keywordSpan, condition, body };
}

function parseCondition(cursor: Cursor): Expression {
  const condition = header(cursor, () => {
    const expression = parseExpression(cursor);
    cursor.expect('eol', cursor.at('colon') ? 'The line ends without a colon.' : undefined);
    return expression;
  });
  return condition ?? missingAt(cursor);
}

function parseForeach(cursor: Cursor): Statement {
  const opener = cursor.advance();
  cursor.enter(opener, blocks.foreach);
  const names: { readonly name: string; readonly span: Span }[] = [];
  const items = header(cursor, () => {
    do {
      const name = cursor.expect('id');
      names.push({ name: cursor.text(name), span: spanOf(name) });
    } while (names.length < 2 && cursor.accept('comma'));
    cursor.expect('colon', cursor.at('in') ? 'Write "foreach NAME : LIST".' : undefined);
    return parseExpression(cursor);
  });
  // Meson wants no end of line here.
  const body = parseBlock(cursor, 'endforeach', blocks.foreach);
  closeBlock(cursor, opener, 'endforeach');
  const span = cursor.spanFrom(opener.start);
  return { kind: 'foreach', span, names, items: items ?? missingAt(cursor), body };
}

function parseTestcase(cursor: Cursor): Statement {
  const opener = cursor.advance();
  cursor.enter(opener, blocks.testcase);
  const condition = parseCondition(cursor);
  const body = parseBlock(cursor, 'endtestcase', blocks.testcase);
  closeBlock(cursor, opener, 'endtestcase');
  return { kind: 'testcase', span: cursor.spanFrom(opener.start), condition, body };
}

/** Takes the word that ends a block, or complains: a wrong one is taken too, unless a block further out wants it. */
function closeBlock(cursor: Cursor, opener: Token, closer: TokenKind): void {
  cursor.leave();
  if (cursor.accept(closer)) {
    const { text } = cursor.source;
    const indent = indentation(text, cursor.previous.start);
    const odd = indent !== undefined && indent !== indentation(text, opener.start);
    if (odd) cursor.oddEnd ??= cursor.previous;
    return;
  }
  cursor.reportUnclosed(opener, closer);
  const wanted = cursor.frames.some((enders) => enders.has(cursor.kind));
  if (endWords.has(cursor.kind) && !wanted) cursor.advance();
}

/** The first line of a block. What is wrong in it does not spoil the block. */
function header<T>(cursor: Cursor, parse: () => T): T | undefined {
  return attempt(cursor, parse)?.result;
}

/** What a function parses, or undefined when it could not; then the cursor is behind the trouble. */
function attempt<T>(cursor: Cursor, parse: () => T): { readonly result: T } | undefined {
  const depth = cursor.frames.length;
  try {
    return { result: parse() };
  } catch (error) {
    if (error !== panic) throw error;
    cursor.frames.length = depth;
    cursor.insideTernary = false;
    resume(cursor);
    return undefined;
  }
}

function missingAt(cursor: Cursor): Expression {
  const { end } = cursor.previous;
  return { kind: 'missing', span: { start: end, end }, next: end };
}

const blocks = {
  file: new Set<TokenKind>(['eof']),
  if: new Set<TokenKind>(['elif', 'else', 'endif']),
  else: new Set<TokenKind>(['endif']),
  foreach: new Set<TokenKind>(['endforeach']),
  testcase: new Set<TokenKind>(['endtestcase']),
} as const;

const endWords: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'elif',
  'else',
  'endif',
  'endforeach',
  'endtestcase',
]);

const closers: ReadonlySet<TokenKind> = new Set<TokenKind>(['rparen', 'rbracket', 'rcurl']);

/** What people write who come from other languages, and what to write here. */
const misspelt: ReadonlyMap<string, string> = new Map([
  ['elseif', 'Write "elif".'],
  ['elsif', 'Write "elif".'],
  ['for', 'Write "foreach NAME : LIST".'],
  ['while', 'There is no "while"; "foreach" walks a list or a range.'],
  ['def', 'Functions cannot be defined in build files.'],
  ['function', 'Functions cannot be defined in build files.'],
  ['testcase', 'A "testcase" is known only where MESON_RUNNING_IN_PROJECT_TESTS is set.'],
]);
