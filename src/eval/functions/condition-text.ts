import type { Place } from '../../diag/diagnostic.ts';
import { parse } from '../../lang/parse.ts';
import type { Arguments, BinaryOperator, Expression } from '../../lang/tree.ts';

/**
 * A condition in one line, as Meson tells it: without comments, and with parentheses only where
 * arithmetic needs them.
 */
export function conditionText({ source, span }: Place): string {
  const written = source.text.slice(span.start, span.end);
  // Longer ones nest too deep to be printed, and nobody reads them.
  if (written.length > longest) return written;
  const text = `(${written}\n)`;
  const { tree, diagnostics } = parse({ path: source.path, text });
  const [statement] = tree.statements;
  if (diagnostics.length > 0 || statement?.kind !== 'expression') return written;
  return printed(statement.expression, text);
}

const longest = 4000;

function printed(node: Expression, text: string): string {
  const show = (child: Expression): string => printed(child, text);
  switch (node.kind) {
    case 'parentheses':
      return show(node.inner);
    case 'array':
      return `[${node.items.map(show).join(', ')}]`;
    case 'dictionary':
      return `{${node.entries.map(({ key, value }) => `${show(key)} : ${show(value)}`).join(', ')}}`;
    case 'not':
      return `not ${show(node.operand)}`;
    case 'negate':
      return `- ${show(node.operand)}`;
    case 'binary':
      return printedBinary(node, show);
    case 'ternary':
      return `${show(node.condition)} ? ${show(node.then)} : ${show(node.otherwise)}`;
    case 'index':
      return `${show(node.object)}[${show(node.index)}]`;
    case 'call':
      return `${node.name}(${printedArguments(node.args, show)})`;
    case 'method-call':
      return `${show(node.object)}.${node.name}(${printedArguments(node.args, show)})`;
    default:
      return text.slice(node.span.start, node.span.end);
  }
}

function printedBinary(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  show: (child: Expression) => string,
): string {
  const own = arithmetic[operator];
  if (own === undefined) return `${show(left)} ${operator} ${show(right)}`;
  const bracketed = (child: Expression) => `(${show(child)})`;
  const [before, after] = [precedence(left), precedence(right)];
  const isOrdered = operator === '-' || operator === '/' || operator === '%';
  const first = before < own ? bracketed(left) : show(left);
  const second = after < own || (isOrdered && after === own) ? bracketed(right) : show(right);
  return `${first} ${operator} ${second}`;
}

function printedArguments(
  { positional, keywords }: Arguments,
  show: (child: Expression) => string,
): string {
  const named = keywords.map(({ name, value }) => `${name} : ${show(value)}`);
  return [...positional.map(show), ...named].join(', ');
}

const arithmetic: Readonly<Partial<Record<BinaryOperator, number>>> = {
  '+': 5,
  '-': 5,
  '%': 6,
  '*': 6,
  '/': 6,
};

/** How strongly an expression binds, where arithmetic is around it. */
function precedence(node: Expression): number {
  switch (node.kind) {
    case 'parentheses':
      return precedence(node.inner);
    case 'ternary':
    case 'assignment':
      return 1;
    case 'binary':
      return arithmetic[node.operator] ?? 2;
    default:
      return 7;
  }
}
