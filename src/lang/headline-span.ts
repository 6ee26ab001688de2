import type { Span } from '../diag/source.ts';
import type { Expression, Statement } from './tree.ts';

/**
 * Where Meson's messages point for a node: its `start` gives their line and column. A call is
 * pointed at by its name, a method call by the method's name, an operation by its left side, `not`
 * and unary minus by their operand, an `if` by its first condition, and `break` by what follows it.
 */
export function headlineSpan(node: Expression | Statement): Span {
  for (let at = node; ; ) {
    switch (at.kind) {
      case 'binary':
        at = at.left;
        break;
      case 'index':
        at = at.object;
        break;
      case 'ternary':
      case 'testcase':
        at = at.condition;
        break;
      case 'expression':
        at = at.expression;
        break;
      case 'if': {
        const [first] = at.branches;
        if (first === undefined) return at.span;
        at = first.condition;
        break;
      }
      case 'not':
      case 'negate':
        return tokenAfter(at.operand);
      case 'call':
      case 'method-call':
      case 'assignment':
        return at.nameSpan;
      case 'missing':
      case 'break':
      case 'continue':
        return { start: at.next, end: at.next };
      default:
        return at.span;
    }
  }
}

/** From the first token of an operand: Meson points `not x.f()` at `x`, though `x.f()` at `f`. */
function tokenAfter(operand: Expression): Span {
  return operand.kind === 'missing' ? { start: operand.next, end: operand.next } : operand.span;
}
