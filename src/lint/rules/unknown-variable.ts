import { nearest } from '../../base/nearest.ts';
import { builtinVariables } from '../infer.ts';
import type { Rule } from '../rule.ts';

export const unknownVariable: Rule = {
  name: 'unknown-variable',
  doc: 'A name is used that nothing gives a value.',
  severity: 'error',
  looksEverywhere: true,
  check: ({ scan, writes, reads, mayBeAskedFor }, report) => {
    if (scan.unsure) return;
    for (const [name, all] of reads) {
      if (writes.has(name) || builtinVariables.has(name) || mayBeAskedFor(name)) continue;
      // `is_variable('x')` asks, and what it guards may well use x.
      if (all.some(({ how }) => how === 'text')) continue;
      const close = nearest(name, [...writes.keys(), ...builtinVariables.keys()]);
      for (const read of all) {
        const message = `Unknown variable name "${name}".`;
        report({
          ...read,
          message,
          ...(close !== undefined && { hint: `Did you mean '${close}'?` }),
        });
      }
    }
  },
};
