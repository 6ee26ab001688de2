import { functionNamed, moduleNamed } from '../infer.ts';
import type { Rule } from '../rule.ts';

export const shadowedName: Rule = {
  name: 'shadowed-name',
  doc: 'A variable has the name of a function or module, but holds something else.',
  severity: 'warning',
  optional: true,
  check: ({ writes, inference }, report) => {
    for (const [name, [first]] of writes) {
      if (first === undefined) continue;
      const declared = functionNamed(name);
      const module = moduleNamed(name);
      const holdsModule = inference.variable(name)?.some((each) => each.name === 'module');
      if (declared !== undefined) {
        report({ ...first, message: `Variable "${name}" has the name of a function.` });
      } else if (module !== undefined && holdsModule !== true) {
        report({ ...first, message: `Variable "${name}" has the name of a module.` });
      }
    }
  },
};
