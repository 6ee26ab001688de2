import type { Expression } from '../../lang/tree.ts';
import type { Rule } from '../rule.ts';
import { typesText } from '../types.ts';
import { visitExpressions, visitStatements } from '../visit.ts';

export const conditionType: Rule = {
  name: 'condition-type',
  doc: 'A condition is neither true nor false: a text, a number, a list.',
  severity: 'error',
  check: ({ scan, inference }, report) => {
    for (const file of scan.files) {
      const look = (node: Expression): void => {
        if (node.kind === 'missing') return;
        const types = inference.of(node);
        if (!types?.length || types.some(({ name }) => !neverConditions.has(name))) return;
        const message = `A condition is true or false, not of type ${typesText(types)}.`;
        report({ file, span: node.span, message });
      };
      visitStatements(file.tree.statements, (statement) => {
        if (statement.kind === 'if')
          for (const { condition } of statement.branches) look(condition);
      });
      visitExpressions(file.tree, (node) => {
        if (node.kind === 'ternary') look(node.condition);
        if (node.kind === 'not') look(node.operand);
        if (node.kind !== 'binary' || (node.operator !== 'and' && node.operator !== 'or')) return;
        look(node.left);
        look(node.right);
      });
    }
  },
};

const neverConditions = new Set([
  'str',
  'int',
  'list',
  'dict',
  'Feature',
  'Dependency',
  'Compiler',
]);
