import { err, ok, type Result } from '../../base/result.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import { type ParseOptions, parse } from '../parse.ts';
import { print } from './printer.ts';
import type { FormatStyle } from './style.ts';
import { wordsOf } from './words.ts';

/** How often a line that is too long is split further. */
const rounds = 5;

/**
 * A build file in good shape, with the meaning it had. Lines end in `\n`. Fails with what the parser
 * says of a text that is none.
 */
export function format(
  source: Source,
  style: FormatStyle,
  options: ParseOptions = {},
): Result<string, readonly Diagnostic[]> {
  const { tree, diagnostics } = parse(source, options);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return err(errors);
  const { before, words } = wordsOf(source.text);
  const split = new Set<number>();
  let text = '';
  for (let round = 0; round < rounds; round++) {
    const printed = print({ tree, before, words, style, split, round });
    text = printed.text;
    if (printed.tooLong.size === 0) break;
    for (const opener of printed.tooLong) split.add(opener);
  }
  return ok(style.insertFinalNewline && !text.endsWith('\n') ? `${text}\n` : text);
}
