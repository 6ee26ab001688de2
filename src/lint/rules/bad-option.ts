import type { Place } from '../../diag/diagnostic.ts';
import type { Span } from '../../diag/source.ts';
import type { Call } from '../../eval/call.ts';
import { EvaluationError, failAt } from '../../eval/evaluation-error.ts';
import type { ArgumentSpans } from '../../eval/interpreter/make-call.ts';
import { readOptionFile } from '../../eval/options/option-file.ts';
import type { Rule } from '../rule.ts';

export const badOption: Rule = {
  name: 'bad-option',
  doc: 'An option file declares what is no option, or one with a type, keyword or value it cannot have.',
  severity: 'error',
  check: ({ optionFile }, report) => {
    if (optionFile === undefined) return;
    const { source, tree } = optionFile;
    const blank = source.text.replace(/[^\n]/g, ' ');
    for (const { span } of tree.statements) {
      // Each by itself, at its place: reading ends at the first error.
      const { start, end } = span;
      const text = blank.slice(0, start) + source.text.slice(start, end) + blank.slice(end);
      try {
        readOptionFile({ ...source, text }, callAt);
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
        const { message, place, focus, hints } = error.diagnostic;
        const [hint] = hints;
        const at = focus ?? place?.span ?? span;
        report({ file: optionFile, span: at, message, ...(hint !== undefined && { hint }) });
      }
    }
  },
};

/** A call that tells nothing but errors. */
function callAt(place: Place, { positional, keywords, keywordNames }: ArgumentSpans): Call {
  const at = (span: Span | undefined): Place => (span === undefined ? place : { ...place, span });
  const quiet = {
    warn: () => undefined,
    deprecated: () => undefined,
    uses: () => undefined,
    usesOld: () => undefined,
  };
  return {
    ...quiet,
    unplaced: quiet,
    name: 'option',
    place,
    argumentPlace: (which) =>
      at(typeof which === 'number' ? positional[which] : keywords.get(which)),
    keywordPlace: (name) => at(keywordNames.get(name)),
    fail: (message, more = {}) => failAt(more.at ?? place, message, more),
    // Option files hold literals alone: nothing in them asks for these.
    evaluation: undefined as unknown as Call['evaluation'],
    scope: undefined as unknown as Call['scope'],
  };
}
