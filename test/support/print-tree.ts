import type { Arguments, Block, Expression, Statement, Tree } from '../../src/lang/tree.ts';

/** A tree as compact text: one statement a line, every operation in parentheses, so that precedence shows. */
export function printTree(tree: Tree): string {
  return block(tree.statements, '').join('\n');
}

function block(statements: Block, indent: string): string[] {
  return statements.flatMap((statement) => lines(statement, indent));
}

function lines(statement: Statement, indent: string): string[] {
  const inner = `${indent}  `;
  switch (statement.kind) {
    case 'expression':
      return [indent + printExpression(statement.expression)];
    case 'assignment':
      return [
        `${indent}${statement.name} ${statement.operator} ${printExpression(statement.value)}`,
      ];
    case 'if':
      return [
        ...statement.branches.flatMap(({ condition, body }, index) => [
          `${indent}${index === 0 ? 'if' : 'elif'} ${printExpression(condition)}`,
          ...block(body, inner),
        ]),
        ...(statement.otherwise === undefined
          ? []
          : [`${indent}else`, ...block(statement.otherwise, inner)]),
      ];
    case 'foreach': {
      const names = statement.names.map(({ name }) => name).join(', ');
      return [
        `${indent}foreach ${names} : ${printExpression(statement.items)}`,
        ...block(statement.body, inner),
      ];
    }
    case 'testcase':
      return [
        `${indent}testcase ${printExpression(statement.condition)}`,
        ...block(statement.body, inner),
      ];
    default:
      return [indent + statement.kind];
  }
}

function printExpression(node: Expression): string {
  switch (node.kind) {
    case 'string':
      return `${node.multiline ? "'''" : ''}${node.format ? 'f' : ''}${JSON.stringify(node.value)}`;
    case 'number':
    case 'boolean':
      return String(node.value);
    case 'identifier':
      return node.name;
    case 'array':
      return `[${args(node.args ?? { span: node.span, positional: node.items, keywords: [] })}]`;
    case 'dictionary': {
      const entries = node.entries.map(
        ({ key, value }) => `${printExpression(key)}: ${printExpression(value)}`,
      );
      return `{${entries.join(', ')}}`;
    }
    case 'not':
      return `(not ${printExpression(node.operand)})`;
    case 'negate':
      return `(- ${printExpression(node.operand)})`;
    case 'binary':
      return `(${printExpression(node.left)} ${node.operator} ${printExpression(node.right)})`;
    case 'ternary':
      return `(${[node.condition, node.then, node.otherwise].map(printExpression).join(' ?: ')})`;
    case 'index':
      return `${printExpression(node.object)}[${printExpression(node.index)}]`;
    case 'parentheses':
      return `<${printExpression(node.inner)}>`;
    case 'missing':
      return '∅';
    case 'assignment':
      return `(${node.name} ${node.operator} ${printExpression(node.value)})`;
    case 'call':
      return `${node.name}(${args(node.args)})`;
    case 'method-call':
      return `${printExpression(node.object)}.${node.name}(${args(node.args)})`;
  }
}

function args({ positional, keywords }: Arguments): string {
  return [
    ...positional.map(printExpression),
    ...keywords.map(({ name, value }) => `${name}: ${printExpression(value)}`),
  ].join(', ');
}
