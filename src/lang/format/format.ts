import { err, ok, type Result } from '../../base/result.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import { meaninglessNot } from '../expression.ts';
import { type ParseOptions, parse } from '../parse.ts';
import { withLeftAlone } from './left-alone.ts';
import { print } from './printer.ts';
import type { FormatStyle } from './style.ts';
import { wordsOf } from './words.ts';

/** How often lines that are too long are split further, at most. */
const rounds = 50;

/**
 * A build file in good shape, with the meaning it had. Lines end in `\n`. Fails with what the parser
 * says of a text that is none.
 */
export function format(
  source: Source,
  style: FormatStyle,
  options: ParseOptions = {},
): Result<string, readonly Diagnostic[]> {
  let formatted = formatOnce(source, style, options);
  // What is split may let what is around it fit, or ask to be split itself.
  for (let again = 3; again > 0 && formatted.ok; again--) {
    const next = formatOnce({ ...source, text: formatted.value }, style, options);
    if (next.ok && next.value === formatted.value) break;
    formatted = next;
  }
  return formatted;
}

function formatOnce(
  source: Source,
  style: FormatStyle,
  options: ParseOptions,
): Result<string, readonly Diagnostic[]> {
  const { tree, diagnostics } = parse(source, options);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return err(errors);
  const plain = withoutStrayWords(source.text, diagnostics);
  if (plain !== source.text) return formatOnce({ ...source, text: plain }, style, options);
  const { before, words } = wordsOf(source.text);
  const split = new Set<number>();
  let text = '';
  for (let round = 0; round < rounds; round++) {
    const printed = print({ tree, before, words, style, split, round });
    text = printed.text;
    const known = split.size;
    for (const opener of printed.tooLong) split.add(opener);
    if (printed.tooLong.size === 0 || (split.size === known && round > 5)) break;
  }
  const mixed = withLeftAlone(source.text, text);
  return ok(style.insertFinalNewline && !mixed.endsWith('\n') ? `${mixed}\n` : mixed);
}

/** The text without the words that stand in no tree (`x not = 1`), as a warning says. */
function withoutStrayWords(text: string, diagnostics: readonly Diagnostic[]): string {
  const strays = diagnostics.filter(({ message }) => message === meaninglessNot);
  return strays.reduce((rest, { place }) => {
    const { start, end } = place?.span ?? { start: 0, end: 0 };
    const behind = rest.slice(end);
    // Of `foreach a : b not (c)` the body is `(c)`, which must not become a call.
    const gone = /^(?:[^\S\n]|\\\r?\n)*[([]/.test(behind) ? '\n' : ' ';
    return rest.slice(0, start) + gone.padEnd(end - start) + behind;
  }, text);
}
