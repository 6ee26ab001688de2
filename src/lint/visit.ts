import type { Block, Expression, Statement, Tree } from '../lang/tree.ts';

/** Every statement of a block and of the blocks inside it, in order. */
export function visitStatements(block: Block, visit: (statement: Statement) => void): void {
  for (const statement of block) {
    visit(statement);
    for (const inner of blocksOf(statement)) visitStatements(inner, visit);
  }
}

/** The blocks that a statement holds, in order. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'if':
      return [...statement.branches.map(({ body }) => body), statement.otherwise ?? []];
    case 'foreach':
    case 'testcase':
      return [statement.body];
    default:
      return [];
  }
}

/** Every expression of a file, outer ones before those inside them. */
export function visitExpressions(tree: Tree, visit: (node: Expression) => void): void {
  visitStatements(tree.statements, (statement) => {
    for (const root of expressionsOf(statement)) {
      // Chains are as deep on their left as they are long: no recursion.
      const open: Expression[] = [root];
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        visit(node);
        open.push(...childrenOf(node).toReversed());
      }
    }
  });
}

/** What stands in a statement itself, not in its blocks. */
function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'expression':
      return [statement.expression];
    case 'assignment':
      return [statement];
    case 'if':
      return statement.branches.map(({ condition }) => condition);
    case 'foreach':
      return [statement.items];
    case 'testcase':
      return [statement.condition];
    default:
      return [];
  }
}

/** The expressions directly inside one, in order. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'array':
      return node.args === undefined ? node.items : argumentsOf(node.args);
    case 'dictionary':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'not':
    case 'negate':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'ternary':
      return [node.condition, node.then, node.otherwise];
    case 'index':
      return [node.object, node.index];
    case 'parentheses':
      return [node.inner];
    case 'assignment':
      return [node.value];
    case 'call':
      return argumentsOf(node.args);
    case 'method-call':
      return [node.object, ...argumentsOf(node.args)];
    default:
      return [];
  }
}

function argumentsOf({ positional, keywords }: Extract<Expression, { kind: 'call' }>['args']) {
  return [...positional, ...keywords.map(({ value }) => value)];
}
