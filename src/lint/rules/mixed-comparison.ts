import type { Expression } from '../../lang/tree.ts';
import type { Rule } from '../rule.ts';
import { type Type, typesText } from '../types.ts';
import { visitExpressions } from '../visit.ts';

export const mixedComparison: Rule = {
  name: 'mixed-comparison',
  doc: 'Two values are compared that can never be equal, as they are of different types.',
  severity: 'error',
  check: ({ scan, inference }, report) => {
    const look = (file: (typeof scan.files)[number], node: Expression): void => {
      if (node.kind !== 'binary' || (node.operator !== '==' && node.operator !== '!=')) return;
      const [left, right] = [inference.of(node.left), inference.of(node.right)];
      if (!left?.length || !right?.length) return;
      if ([...left, ...right].some(({ name }) => !comparable.has(name))) return;
      if (left.some((each) => right.some((other) => mayBeEqual(each, other)))) return;
      const message = `A value of type ${typesText(left)} is never equal to one of type ${typesText(right)}.`;
      report({ file, span: node.span, message });
    };
    for (const file of scan.files) visitExpressions(file.tree, (node) => look(file, node));
  },
};

const comparable = new Set(['str', 'int', 'bool', 'list', 'dict', 'Feature']);

function mayBeEqual(left: Type, right: Type): boolean {
  if (left.name === right.name) return true;
  const numbers = ['int', 'bool'];
  return numbers.includes(left.name) && numbers.includes(right.name);
}
