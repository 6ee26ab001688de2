import type { Rule } from '../rule.ts';
import { visitExpressions } from '../visit.ts';

export const duplicateKey: Rule = {
  name: 'duplicate-key',
  doc: 'A dictionary has the same key twice.',
  severity: 'error',
  check: ({ scan }, report) => {
    for (const file of scan.files) {
      visitExpressions(file.tree, (node) => {
        if (node.kind !== 'dictionary') return;
        const seen = new Set<string>();
        for (const { key } of node.entries) {
          if (key.kind !== 'string' || key.format) continue;
          const message = `Duplicate dictionary key: ${key.value}`;
          if (seen.has(key.value)) report({ file, span: key.span, message });
          seen.add(key.value);
        }
      });
    }
  },
};
