import type { Span } from '../diag/source.ts';

/** A word of the language. Space, comments and the line ends inside brackets are not tokens. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** Where a token is, without what it is. */
export function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** Named as Meson's messages name them ("Expecting eol got id."). `bad` is what was already complained about. */
// biome-ignore format: grouped
export type TokenKind =
  | StringKind | 'id' | 'number'
  | Keyword
  | 'plusassign' | 'equal' | 'nequal' | 'le' | 'ge' | 'lt' | 'gt' | 'assign'
  | 'plus' | 'dash' | 'star' | 'fslash' | 'percent'
  | 'comma' | 'dot' | 'colon' | 'questionmark'
  | 'lparen' | 'rparen' | 'lbracket' | 'rbracket' | 'lcurl' | 'rcurl'
  | 'eol' | 'eof' | 'bad';

/** How a text is quoted, and whether names in it are replaced. */
export type StringKind = 'string' | 'fstring' | 'multiline_string' | 'multiline_fstring';

/** Words that are no names. */
// biome-ignore format: grouped
export type Keyword =
  | 'true' | 'false' | 'and' | 'or' | 'not' | 'in'
  | 'if' | 'elif' | 'else' | 'endif' | 'foreach' | 'endforeach' | 'continue' | 'break'
  | 'testcase' | 'endtestcase';

/** Brackets that open. */
export type Opener = 'lparen' | 'lbracket' | 'lcurl';
/** Brackets that close. */
export type Closer = 'rparen' | 'rbracket' | 'rcurl';

/** Words that no variable may be called. */
export const keywords: ReadonlyMap<string, Keyword> = new Map(
  // biome-ignore format: grouped
  ([
    'true', 'false', 'and', 'or', 'not', 'in',
    'if', 'elif', 'else', 'endif', 'foreach', 'endforeach', 'continue', 'break',
  ] as const).map((word) => [word, word]),
);

/** Words only where Meson runs its own tests. */
export const testKeywords: ReadonlyMap<string, Keyword> = new Map([
  ...keywords,
  ['testcase', 'testcase'],
  ['endtestcase', 'endtestcase'],
]);
