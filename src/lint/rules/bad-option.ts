import { EvaluationError } from '../../eval/evaluation-error.ts';
import { readOptionFile } from '../../eval/options/option-file.ts';
import { quietCallAt } from '../../eval/options/quiet-call.ts';
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
        readOptionFile({ ...source, text }, quietCallAt);
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
