import { posix } from 'node:path';
import type { Expression } from '../lang/tree.ts';
import type { Facts } from './facts.ts';
import type { Site } from './scan.ts';
import { childrenOf, visitStatements } from './visit.ts';

/**
 * Whether an `if` around a place asks for a file, in whatever way (`fs.exists`, a command, what a variable
 * holds of that): what stands inside knows that the file may be missing.
 */
export function isAskedFor({ writes }: Facts, { file, span }: Site, path: string): boolean {
  const name = posix.basename(path);
  const names = (root: Expression): boolean => {
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.kind === 'string' && posix.basename(node.value) === name) return true;
      open.push(...childrenOf(node));
    }
    return false;
  };
  const asks = (condition: Expression): boolean => {
    if (names(condition)) return true;
    const read = identifiersOf(condition);
    return read.some((variable) => writes.get(variable)?.some(({ value }) => names(value)));
  };
  let asked = false;
  visitStatements(file.tree.statements, (statement) => {
    if (statement.kind !== 'if' || asked) return;
    const isAround = statement.span.start <= span.start && span.end <= statement.span.end;
    asked = isAround && statement.branches.some(({ condition }) => asks(condition));
  });
  return asked;
}

function identifiersOf(root: Expression): readonly string[] {
  const found: string[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'identifier') found.push(node.name);
    open.push(...childrenOf(node));
  }
  return found;
}
