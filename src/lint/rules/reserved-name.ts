import { builtinVariables } from '../infer.ts';
import type { Rule } from '../rule.ts';

export const reservedName: Rule = {
  name: 'reserved-name',
  doc: 'A value is given to a variable that is always there.',
  severity: 'error',
  check: ({ writes }, report) => {
    for (const [name, all] of writes) {
      if (!builtinVariables.has(name)) continue;
      const message = `Tried to overwrite internal variable "${name}".`;
      for (const write of all) report({ ...write, message });
    }
  },
};
