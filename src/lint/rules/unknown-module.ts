import { nearest } from '../../base/nearest.ts';
import { modules } from '../../eval/modules/table.ts';
import { moduleNamed } from '../infer.ts';
import type { Rule } from '../rule.ts';

export const unknownModule: Rule = {
  name: 'unknown-module',
  doc: 'import() names a module that there is none of.',
  severity: 'error',
  check: ({ calls }, report) => {
    for (const { node, file } of calls) {
      if (node.kind !== 'call' || node.name !== 'import') continue;
      const [first] = node.args.positional;
      const isOptional = node.args.keywords.some(
        ({ name }) => name === 'required' || name === 'kwargs',
      );
      if (first?.kind !== 'string' || isOptional || moduleNamed(first.value) !== undefined)
        continue;
      const close = nearest(
        first.value,
        modules.map(({ name }) => name),
      );
      const hint = close === undefined ? {} : { hint: `Did you mean '${close}'?` };
      const message = `Module "${first.value}" does not exist.`;
      report({ file, span: first.span, message, ...hint });
    }
  },
};
