import { nearest } from '../../base/nearest.ts';
import { functions } from '../../eval/functions/table.ts';
import { functionNamed } from '../infer.ts';
import type { Rule } from '../rule.ts';

export const unknownFunction: Rule = {
  name: 'unknown-function',
  doc: 'A function is called that there is none of.',
  severity: 'error',
  check: ({ calls }, report) => {
    for (const { node, file } of calls) {
      if (node.kind !== 'call' || functionNamed(node.name) !== undefined) continue;
      const close = nearest(
        node.name,
        functions.map(({ name }) => name),
      );
      const message = `Unknown function "${node.name}".`;
      const hint = close === undefined ? {} : { hint: `Did you mean '${close}'?` };
      report({ file, span: node.nameSpan, message, ...hint });
    }
  },
};
