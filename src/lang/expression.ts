import { exactInteger } from '../base/exact-integer.ts';
import type { Span } from '../diag/source.ts';
import { type Cursor, panic } from './cursor.ts';
import { headlineSpan } from './headline-span.ts';
import { startsStatement, startsValue } from './recovery.ts';
import { type EscapeFault, unescapeString } from './string-literal.ts';
import { type Closer, type StringKind, spanOf, type Token, type TokenKind } from './token.ts';
import type { Arguments, BinaryOperator, Entry, Expression, Keyword } from './tree.ts';

/** Said of a `not` that the parser passes over, as Meson's does. */
export const meaninglessNot = 'This "not" has no "in" behind it and means nothing.';

/** An expression, weakest operators first; assignments too, since Meson parses them anywhere. */
export function parseExpression(cursor: Cursor): Expression {
  const left = parseOr(cursor);
  if (cursor.at('assign') || cursor.at('plusassign')) return parseAssignment(cursor, left);
  return cursor.at('questionmark') ? parseTernary(cursor, left) : left;
}

function parseAssignment(cursor: Cursor, left: Expression): Expression {
  const operator = cursor.advance();
  cursor.enter(operator, nothing);
  const value = parseExpression(cursor);
  cursor.leave();
  if (left.kind !== 'identifier') {
    const what = operator.kind === 'assign' ? 'Assignment' : 'Plusassignment';
    cursor.report(headlineSpan(left), `${what} target must be an id.`, { focus: left.span });
    return left;
  }
  return {
    kind: 'assignment',
    span: cursor.spanFrom(left.span.start),
    operator: operator.kind === 'assign' ? '=' : '+=',
    name: left.name,
    nameSpan: left.span,
    value,
  };
}

function parseTernary(cursor: Cursor, condition: Expression): Expression {
  const mark = cursor.advance();
  const outer = cursor.insideTernary;
  if (outer) {
    cursor.report(headlineSpan(condition), 'Nested ternary operators are not allowed.', {
      focus: spanOf(mark),
      hints: ['Store the inner choice in a variable first, or use "if".'],
    });
  }
  cursor.insideTernary = true;
  const then = parseExpression(cursor);
  cursor.expect('colon');
  const otherwise = parseExpression(cursor);
  cursor.insideTernary = outer;
  const span = cursor.spanFrom(condition.span.start);
  return { kind: 'ternary', span, condition, then, otherwise };
}

function parseOr(cursor: Cursor): Expression {
  let left = parseAnd(cursor);
  while (cursor.at('or')) {
    const operator = cursor.advance();
    if (left.kind === 'missing') refuseClause(cursor, left, operator);
    left = binary(cursor, {
      left,
      operator: 'or',
      operatorSpan: operator,
      right: parseAnd(cursor),
    });
  }
  return left;
}

function parseAnd(cursor: Cursor): Expression {
  let left = parseComparison(cursor);
  while (cursor.at('and')) {
    const operator = cursor.advance();
    if (left.kind === 'missing') refuseClause(cursor, left, operator);
    left = binary(cursor, {
      left,
      operator: 'and',
      operatorSpan: operator,
      right: parseComparison(cursor),
    });
  }
  return left;
}

function refuseClause(cursor: Cursor, left: Expression, operator: Token): void {
  const word = cursor.text(operator);
  const continued = /[\r\n][ \t]*$/.test(cursor.source.text.slice(0, operator.start));
  const hint = 'End the line before with a backslash, or put the condition in parentheses.';
  cursor.report(headlineSpan(left), `Invalid ${word} clause.`, {
    focus: spanOf(operator),
    hints: continued ? [hint] : [],
  });
}

function parseComparison(cursor: Cursor): Expression {
  const left = parseSum(cursor);
  const operator = comparisons[cursor.kind];
  if (operator !== undefined) {
    const token = cursor.advance();
    return binary(cursor, { left, operator, operatorSpan: token, right: parseSum(cursor) });
  }
  if (!cursor.at('not')) return left;
  const not = cursor.advance();
  if (cursor.at('in')) {
    const operatorSpan = { start: not.start, end: cursor.advance().end };
    return binary(cursor, { left, operator: 'not in', operatorSpan, right: parseSum(cursor) });
  }
  // Meson takes this "not" for nothing.
  if (startsValue(cursor.kind) || cursor.at('not')) return left;
  cursor.warn({
    severity: 'warning',
    message: meaninglessNot,
    place: { source: cursor.source, span: spanOf(not) },
    hints: [],
    related: [],
  });
  return left;
}

function parseSum(cursor: Cursor): Expression {
  let left = parseProduct(cursor);
  for (;;) {
    const operator = cursor.at('plus') ? '+' : cursor.at('dash') ? '-' : undefined;
    if (operator === undefined) return left;
    const token = cursor.advance();
    left = binary(cursor, { left, operator, operatorSpan: token, right: parseProduct(cursor) });
  }
}

function parseProduct(cursor: Cursor): Expression {
  let left = parseUnary(cursor);
  for (;;) {
    const operator = products[cursor.kind];
    if (operator === undefined) return left;
    const token = cursor.advance();
    left = binary(cursor, { left, operator, operatorSpan: token, right: parseUnary(cursor) });
  }
}

function parseUnary(cursor: Cursor): Expression {
  if (!cursor.at('not') && !cursor.at('dash')) return parsePostfix(cursor);
  const operator = cursor.advance();
  const operand = parsePostfix(cursor);
  const kind = operator.kind === 'not' ? 'not' : 'negate';
  return { kind, span: cursor.spanFrom(operator.start), operand };
}

function parsePostfix(cursor: Cursor): Expression {
  let left = parsePrimary(cursor);
  if (cursor.at('lparen')) left = parseCall(cursor, left);
  for (;;) {
    if (cursor.at('dot')) left = parseMethodCall(cursor, left);
    else if (cursor.at('lbracket')) left = parseIndex(cursor, left);
    else return left;
  }
}

function parseCall(cursor: Cursor, callee: Expression): Expression {
  const args = parseArguments(cursor, 'rparen');
  if (callee.kind !== 'identifier') {
    const message = 'Function call must be applied to plain id';
    cursor.report(headlineSpan(callee), message, { focus: callee.span });
    return callee;
  }
  const span = cursor.spanFrom(callee.span.start);
  return { kind: 'call', span, name: callee.name, nameSpan: callee.span, args };
}

function parseMethodCall(cursor: Cursor, object: Expression): Expression {
  cursor.advance();
  const name = parseAtom(cursor);
  if (name.kind !== 'identifier') {
    const focus = { start: object.span.start, end: cursor.previous.end };
    if (object.kind === 'number' && name.kind === 'number') {
      cursor.report(object.span, 'meson does not support float numbers', { focus });
      return object;
    }
    const wrong = name.kind === 'missing' ? {} : { focus: name.span };
    cursor.report(cursor.token, 'Method name must be plain id', wrong);
    throw panic;
  }
  if (!cursor.at('lparen')) {
    cursor.expect('lparen', `A method is called with parentheses: ${name.name}().`);
  }
  const args = parseArguments(cursor, 'rparen');
  const span = cursor.spanFrom(object.span.start);
  return { kind: 'method-call', span, object, name: name.name, nameSpan: name.span, args };
}

function parseIndex(cursor: Cursor, object: Expression): Expression {
  const opener = cursor.advance();
  cursor.enter(opener, enders.rbracket);
  const index = parseExpression(cursor);
  cursor.close(opener, 'rbracket');
  return { kind: 'index', span: cursor.spanFrom(object.span.start), object, index };
}

function parsePrimary(cursor: Cursor): Expression {
  const opener = cursor.token;
  switch (opener.kind) {
    case 'lparen': {
      cursor.advance();
      cursor.enter(opener, enders.rparen);
      const inner = parseExpression(cursor);
      cursor.close(opener, 'rparen');
      return { kind: 'parentheses', span: cursor.spanFrom(opener.start), inner };
    }
    case 'lbracket': {
      const args = parseArguments(cursor, 'rbracket');
      const array = { kind: 'array', span: args.span, items: args.positional } as const;
      return args.keywords.length === 0 ? array : { ...array, args };
    }
    case 'lcurl':
      return parseDictionary(cursor);
    default:
      return parseAtom(cursor);
  }
}

function parseAtom(cursor: Cursor): Expression {
  const { kind, start } = cursor.token;
  const span = spanOf(cursor.token);
  switch (kind) {
    case 'id':
      cursor.advance();
      return { kind: 'identifier', span, name: cursor.text(span) };
    case 'string':
    case 'fstring':
    case 'multiline_string':
    case 'multiline_fstring':
      cursor.advance();
      return parseString(cursor, kind, span);
    case 'number':
      cursor.advance();
      return { kind: 'number', span, value: exactInteger(cursor.text(span)) };
    case 'true':
    case 'false':
      cursor.advance();
      return { kind: 'boolean', span, value: kind === 'true' };
    default: {
      const { end: behind } = cursor.previous;
      return { kind: 'missing', span: { start: behind, end: behind }, next: start };
    }
  }
}

function parseString(cursor: Cursor, kind: StringKind, span: Span): Expression {
  const multiline = kind === 'multiline_string' || kind === 'multiline_fstring';
  const format = kind === 'fstring' || kind === 'multiline_fstring';
  const quotes = multiline ? 3 : 1;
  const start = span.start + quotes + (format ? 1 : 0);
  let value = cursor.source.text.slice(start, span.end - quotes);
  if (value.includes('\r')) value = value.replace(/\r\n?/g, '\n');
  if (!multiline) {
    const faults: EscapeFault[] = [];
    value = unescapeString(value, faults);
    for (const fault of faults) {
      const place = { start: start + fault.span.start, end: start + fault.span.end };
      cursor.report(place, fault.message);
    }
  }
  return { kind: 'string', span, value, format, multiline };
}

/** The arguments of a call or the items of an array, brackets included. */
function parseArguments(cursor: Cursor, closer: Closer): Arguments {
  const opener = cursor.advance();
  const positional: Expression[] = [];
  const keywords: Keyword[] = [];
  let seen: Map<string, Span> | undefined;
  let misplaced: Span | undefined;
  cursor.enter(opener, enders[closer]);
  let item = parseExpression(cursor);
  const headline = cursor.token; // where Meson says an argument list is
  while (item.kind !== 'missing') {
    if (cursor.at('colon')) {
      const keyword = parseKeyword(cursor, item);
      if (keyword !== undefined) {
        seen ??= new Map();
        const earlier = seen.get(keyword.name);
        if (earlier !== undefined) warnOfTwice(cursor, keyword, { headline, first: earlier });
        else seen.set(keyword.name, keyword.nameSpan);
        keywords.push(keyword);
      }
    } else {
      positional.push(item);
      if (keywords.length > 0) misplaced ??= item.span;
    }
    if (!anotherItem(cursor, opener, closer)) break;
    item = parseExpression(cursor);
  }
  cursor.close(opener, closer);
  const span = cursor.spanFrom(opener.start);
  const args = { span, positional, keywords };
  return misplaced === undefined ? args : { ...args, misplaced };
}

function parseKeyword(cursor: Cursor, name: Expression): Keyword | undefined {
  cursor.advance();
  if (name.kind !== 'identifier') {
    const quoted = name.kind === 'string' && /^[a-zA-Z_]\w*$/.test(name.value);
    cursor.report(headlineSpan(name), 'Dictionary key must be a plain identifier.', {
      focus: name.span,
      hints: quoted ? [`Write the keyword without quotes: ${name.value}.`] : [],
    });
  }
  const value = parseExpression(cursor);
  return name.kind === 'identifier' ? { name: name.name, nameSpan: name.span, value } : undefined;
}

function warnOfTwice(
  cursor: Cursor,
  { name, nameSpan }: Keyword,
  { headline, first }: { readonly headline: Span; readonly first: Span },
): void {
  const { source } = cursor;
  cursor.warn({
    severity: 'warning',
    message: `Keyword argument "${name}" defined multiple times.`,
    place: { source, span: spanOf(headline) },
    focus: nameSpan,
    hints: [],
    related: [{ place: { source, span: first }, message: `the first "${name}" is here` }],
  });
  const message = 'This will be an error in Meson 2.0.';
  cursor.warn({ severity: 'warning', message, hints: [], related: [] });
}

function parseDictionary(cursor: Cursor): Expression {
  const opener = cursor.advance();
  const entries: Entry[] = [];
  let told = false;
  cursor.enter(opener, enders.rcurl);
  let key = parseExpression(cursor);
  while (key.kind !== 'missing') {
    if (cursor.accept('colon')) {
      entries.push({ key, value: parseExpression(cursor) });
    } else if (!told) {
      told = true;
      const message = 'Only key:value pairs are valid in dict construction.';
      cursor.report(headlineSpan(key), message, { focus: key.span });
    }
    if (!anotherItem(cursor, opener, 'rcurl')) break;
    key = parseExpression(cursor);
  }
  cursor.close(opener, 'rcurl');
  return { kind: 'dictionary', span: cursor.spanFrom(opener.start), entries };
}

/** Whether an item of a list may follow: after a comma, or where a comma was forgotten. */
function anotherItem(cursor: Cursor, opener: Token, closer: Closer): boolean {
  if (cursor.accept('comma')) return true;
  if (!startsValue(cursor.kind) || startsStatement(cursor)) return false;
  if (cursor.brokenString !== undefined) return false;
  cursor.reportUnclosed(opener, closer, 'A comma may be missing before this.');
  return true;
}

type BinaryExpression = Extract<Expression, { readonly kind: 'binary' }>;

function binary(
  cursor: Cursor,
  { left, operator, operatorSpan, right }: Omit<BinaryExpression, 'kind' | 'span'>,
): Expression {
  const span = cursor.spanFrom(left.span.start);
  return { kind: 'binary', span, operator, operatorSpan: spanOf(operatorSpan), left, right };
}

const comparisons: Partial<Record<TokenKind, BinaryOperator>> = {
  equal: '==',
  nequal: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  in: 'in',
};

const products: Partial<Record<TokenKind, BinaryOperator>> = {
  star: '*',
  fslash: '/',
  percent: '%',
};

const nothing: ReadonlySet<TokenKind> = new Set();

const enders: Readonly<Record<Closer, ReadonlySet<TokenKind>>> = {
  rparen: new Set<TokenKind>(['rparen']),
  rbracket: new Set<TokenKind>(['rbracket']),
  rcurl: new Set<TokenKind>(['rcurl']),
};
