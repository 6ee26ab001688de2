import { nearest } from '../../base/nearest.ts';
import { isOwnOption, ownOptions } from '../options.ts';
import type { Rule } from '../rule.ts';

export const unknownOption: Rule = {
  name: 'unknown-option',
  doc: 'get_option() asks for an option that no option file declares.',
  severity: 'error',
  check: ({ calls, options }, report) => {
    const declared = new Set(options.map(({ name }) => name));
    for (const { node, file } of calls) {
      const [first] =
        node.kind === 'call' && node.name === 'get_option' ? node.args.positional : [];
      if (first?.kind !== 'string' || first.format) continue;
      const name = first.value;
      if (declared.has(name) || isOwnOption(name)) continue;
      const close = nearest(name, [...declared, ...ownOptions.keys()]);
      const hint = close === undefined ? {} : { hint: `Did you mean '${close}'?` };
      report({ file, span: first.span, message: `Option ${name} does not exist.`, ...hint });
    }
  },
};
