import { type Diagnostic, errorAt } from '../diag/diagnostic.ts';
import type { Source, Span } from '../diag/source.ts';
import type { Token } from './token.ts';

/** What the lexer says of words it does not like, and what it takes them for. */
export const complain = {
  reserved(source: Source, start: number, end: number): Diagnostic {
    const message =
      "Identifier 'return' will become a reserved keyword in a future release. Please rename it.";
    return { ...errorAt({ source, span: { start, end } }, message), severity: 'warning' };
  },

  newlineInString(source: Source, span: Span): Diagnostic {
    const message =
      "Newline character in a string detected, use ''' (three single quotes) for multiline strings instead.\n" +
      'This will become a hard error in a future Meson release.';
    return { ...errorAt({ source, span }, message), severity: 'warning' };
  },

  unknownText,
};

interface UnknownPlace {
  readonly start: number;
  readonly insideBrackets: boolean;
}

/** Text that is no token: what Meson says, and the token it was most likely meant to be. */
function unknownText(
  source: Source,
  { start, insideBrackets }: UnknownPlace,
): { readonly diagnostic: Diagnostic; readonly token: Token } {
  const { text } = source;
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const message =
    character === '"'
      ? 'Double quotes are not supported. Use single quotes.'
      : `lexer: unrecognized token ${pythonRepr(character)}`;
  const meant = guess(text, character, { start, insideBrackets });
  const span = { start, end: meant.token.end };
  const diagnostic = errorAt({ source, span }, message, meant.hint);
  return {
    diagnostic:
      character === "'" ? { ...diagnostic, focus: { start, end: start + 1 } } : diagnostic,
    token: meant.token,
  };
}

interface Guess {
  readonly token: Token;
  readonly hint?: string;
}

function guess(text: string, character: string, { start, insideBrackets }: UnknownPlace): Guess {
  const restOfLine = /[^\r\n]*/y;
  restOfLine.lastIndex = start;
  const line = restOfLine.exec(text)?.[0] ?? '';
  const as = (kind: Token['kind'], length: number, hint?: string): Guess => ({
    token: { kind, start, end: start + length },
    ...(hint === undefined ? {} : { hint }),
  });
  switch (character) {
    case '"': {
      const quoted = /^"[^"]*"/.exec(line)?.[0];
      if (quoted === undefined) return as('bad', line.length);
      const inner = quoted.slice(1, -1);
      return as('string', quoted.length, /['\\]/.test(inner) ? undefined : `Write '${inner}'.`);
    }
    case "'": {
      if (!line.endsWith('\\')) return as('bad', line.length, 'No quote closes this string.');
      joined.lastIndex = start;
      const string = joined.exec(text)?.[0];
      const hint = "A backslash does not join the lines of a string. Use ''' or add two strings.";
      return string === undefined
        ? as('bad', line.length, hint)
        : as('string', string.length, hint);
    }
    case '&':
      return line.startsWith('&&') ? as('and', 2, 'Write "and".') : as('bad', 1);
    case '|':
      return line.startsWith('||') ? as('or', 2, 'Write "or".') : as('bad', 1);
    case '!':
      return as('not', 1, 'Write "not".');
    case ';':
      return as(insideBrackets ? 'bad' : 'eol', 1, 'A statement ends with its line.');
    case '\\':
      return as('bad', 1, 'A backslash joins two lines only as the last character of the first.');
    case '\u2018':
    case '\u2019':
    case '\u201c':
    case '\u201d':
      return as('bad', 1, "Strings have straight quotes: '…'.");
    default:
      return as('bad', character.length, unseen(character));
  }
}

/** Letters that look like a space, or like nothing. */
function unseen(character: string): string | undefined {
  if (!/[\p{Zs}\p{Cf}]/u.test(character)) return undefined;
  return 'This is no plain space; it may have come along from a web page.';
}

/** A string whose lines are joined by backslashes, as Meson has none. */
const joined = /'(?:[^'\\\r\n]|\\\r?[^\r])*'/y;

/** A character as Python shows it, which is how Meson quotes it. */
function pythonRepr(character: string): string {
  if (character === "'") return `"'"`;
  if (character === '\\') return "'\\\\'";
  const code = character.codePointAt(0) ?? 0;
  if (!/[\p{C}\p{Z}]/u.test(character)) return `'${character}'`;
  const hex = code.toString(16);
  if (code < 0x100) return `'\\x${hex.padStart(2, '0')}'`;
  return code < 0x10000 ? `'\\u${hex.padStart(4, '0')}'` : `'\\U${hex.padStart(8, '0')}'`;
}
