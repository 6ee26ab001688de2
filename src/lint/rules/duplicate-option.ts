import type { Rule } from '../rule.ts';

export const duplicateOption: Rule = {
  name: 'duplicate-option',
  doc: 'An option is declared twice.',
  severity: 'error',
  check: ({ options }, report) => {
    const seen = new Set<string>();
    for (const option of options) {
      if (seen.has(option.name)) {
        report({ ...option, message: `Option ${option.name} already exists.` });
      }
      seen.add(option.name);
    }
  },
};
