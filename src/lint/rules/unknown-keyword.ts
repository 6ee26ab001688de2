import { nearest } from '../../base/nearest.ts';
import type { Rule } from '../rule.ts';

export const unknownKeyword: Rule = {
  name: 'unknown-keyword',
  doc: 'A call has a keyword that the function does not know.',
  severity: 'error',
  check: ({ calls, inference }, report) => {
    for (const { node, file } of calls) {
      const found =
        node.kind === 'call'
          ? [inference.declared(node)]
          : (inference.methods(node)?.map(({ declared }) => declared) ?? []);
      const declared = found.flatMap((each) => each ?? []);
      if (declared.length === 0 || declared.some(({ anyKeywords }) => anyKeywords)) continue;
      const known = declared.flatMap(({ keywords }) => Object.keys(keywords));
      for (const { name, nameSpan } of node.args.keywords) {
        if (name === 'kwargs' || known.includes(name)) continue;
        const close = nearest(name, known);
        const message = `"${node.name}" got unknown keyword argument "${name}".`;
        const hint = close === undefined ? {} : { hint: `Did you mean '${close}'?` };
        report({ file, span: nameSpan, message, ...hint });
      }
    }
  },
};
