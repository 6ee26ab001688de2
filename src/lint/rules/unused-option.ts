import { texts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { mayBe } from '../static-text.ts';

export const unusedOption: Rule = {
  name: 'unused-option',
  doc: 'An option is declared that no build file asks for.',
  severity: 'warning',
  looksEverywhere: true,
  check: (facts, report) => {
    const { scan, calls, options } = facts;
    if (scan.unsure) return;
    const asked = calls.flatMap(({ node }) => {
      const [first] =
        node.kind === 'call' && node.name === 'get_option' ? node.args.positional : [];
      return first === undefined ? [] : texts(facts, first);
    });
    for (const option of options) {
      if (option.deprecated || asked.some((pattern) => mayBe(pattern, option.name))) continue;
      report({ ...option, message: `Option "${option.name}" is never asked for.` });
    }
  },
};
