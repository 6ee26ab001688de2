import type { Rule } from '../rule.ts';

export const missingArgument: Rule = {
  name: 'missing-argument',
  doc: 'A call lacks an argument or a keyword that the function requires, or has an argument too many.',
  severity: 'error',
  check: ({ calls, inference }, report) => {
    for (const { node, file } of calls) {
      const declared = inference.declaredForCertain(node);
      if (declared === undefined || node.name === 'option') continue;
      const { positional, keywords } = node.args;
      const given = new Set(keywords.map(({ name }) => name));
      for (const [name, { required }] of Object.entries(declared.keywords)) {
        if (!required || given.has(name) || given.has('kwargs')) continue;
        const message = `"${node.name}" is missing required keyword argument "${name}".`;
        report({ file, span: node.nameSpan, message });
      }
      // Lists count as the arguments they hold.
      const sure = positional.every((each) =>
        inference.of(each)?.every(({ name }) => name !== 'list'),
      );
      const least =
        declared.positional.filter(({ optional }) => !optional).length + (declared.rest?.min ?? 0);
      const most =
        declared.rest === undefined ? declared.positional.length : Number.POSITIVE_INFINITY;
      if (declared.keepsLists || !sure) continue;
      if (positional.length < least) {
        const message = `"${node.name}" takes at least ${least} arguments, but got ${positional.length}.`;
        report({ file, span: node.nameSpan, message });
      } else if (positional.length > most) {
        const message = `"${node.name}" takes at most ${most} arguments, but got ${positional.length}.`;
        report({ file, span: positional[most]?.span ?? node.nameSpan, message });
      }
    }
  },
};
