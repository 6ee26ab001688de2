/** What is wrong with a TOML text, in Cargo's words, and where. */
export interface TomlFault {
  readonly message: string;
  readonly at: number;
}

/** Our reader's complaint in Cargo's words, as far as the text tells which these are. */
export function inCargosWords(text: string, { message, at: said }: TomlFault): TomlFault {
  // Behind the end there is nothing to show.
  const at = Math.min(said, text.trimEnd().length);
  const isAtEnd = said >= text.trimEnd().length;
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const [line = ''] = text.slice(start).split('\n', 1);
  const place: Place = { text, line, start, at, isAtEnd };
  const found = rules.find(({ complaint }) => complaint.test(message))?.words(place);
  return found === undefined ? { message, at } : { at, ...found };
}

interface Place {
  readonly text: string;
  /** The line at fault, and where it starts. */
  readonly line: string;
  readonly start: number;
  readonly at: number;
  readonly isAtEnd: boolean;
}

interface Rule {
  readonly complaint: RegExp;
  readonly words: (place: Place) => { readonly message: string; readonly at?: number } | undefined;
}

const unquoted = 'string values must be quoted, expected literal string';

const rules: readonly Rule[] = [
  { complaint: /in key|end of key|bare key/, words: (place) => keyWords(place) },
  { complaint: /control characters|unfinished string/, words: (place) => stringWords(place) },
  { complaint: /^invalid value/, words: (place) => valueWords(place) },
  { complaint: /followed by an end-of-line/, words: (place) => restWords(place) },
  {
    complaint: /leading zero/,
    words: () => ({ message: 'unexpected leading zero, expected nothing' }),
  },
  {
    complaint: /underscore|unfinished numeric/,
    words: () => ({ message: '`_` may only go between digits, expected nothing' }),
  },
  {
    complaint: /escape/,
    words: () => ({
      message: 'missing escaped value, expected `b`, `e`, `f`, `n`, `r`, `\\`, `"`, `x`, `u`, `U`',
    }),
  },
];

function keyWords({ text, line, start, at, isAtEnd }: Place): ReturnType<Rule['words']> {
  const key = line.trimStart();
  if (key.startsWith('[') && !key.includes(']'))
    return { message: 'unclosed table, expected `]`', at: start + line.trimEnd().length };
  if (isAtEnd && /\{[^}]*$/.test(text)) return { message: 'unclosed inline table, expected `}`' };
  if (key.startsWith('='))
    return { message: 'unquoted keys cannot be empty, expected letters, numbers, `-`, `_`' };
  if (/^[^\s\w"'.=[\]-]/u.test(text.slice(at)))
    return { message: 'invalid unquoted key, expected letters, numbers, `-`, `_`' };
  return line.includes('=') && /^\s*[\w.-]+\s*=/.test(line)
    ? undefined
    : { message: 'key with no value, expected `=`' };
}

function stringWords({ line, start }: Place): ReturnType<Rule['words']> {
  const [, opening = ''] = /=\s*("""|'''|"|')/.exec(line) ?? [];
  const kind = opening.startsWith('"') ? 'basic' : 'literal';
  if (opening === '') return undefined;
  const what = opening.length === 3 ? `multi-line ${kind}` : kind;
  const message = `invalid ${what} string, expected \`${opening[0]}\``;
  return opening.length === 3 ? { message } : { message, at: start + line.trimEnd().length };
}

function valueWords({ text, at, isAtEnd }: Place): ReturnType<Rule['words']> {
  const rest = text.slice(at);
  if (isAtEnd && /\[[^\]]*$/.test(text.slice(text.lastIndexOf('=') + 1)))
    return { message: 'unclosed array, expected `]`' };
  if (/^t/.test(rest)) return { message: 'invalid boolean, expected `true`' };
  return { message: /^f/.test(rest) ? 'invalid boolean, expected `false`' : unquoted };
}

/** What stands behind a value, or is more of one that lacks its quotes. */
function restWords({ line, start }: Place): ReturnType<Rule['words']> {
  const [before] = /^\s*[\w."'-]+\s*=\s*(?=[^\s"'[{])/.exec(line) ?? [];
  return before === undefined
    ? { message: 'unexpected key or value, expected newline, `#`' }
    : { message: unquoted, at: start + before.length };
}
