import { unreachable } from '../../base/assert.ts';
import { positionAt, type Source, type Span } from '../../diag/source.ts';
import { headlineSpan } from '../../lang/headline-span.ts';
import type {
  Arguments,
  BinaryOperator,
  Block,
  Expression,
  Statement,
  Tree,
} from '../../lang/tree.ts';

type Node = Readonly<Record<string, unknown>>;

/** A build file's tree as `introspect --ast` prints it, with Meson's names of nodes. */
export function printAst(source: Source, tree: Tree): Node {
  return new Printer(source).file(tree);
}

const arithmetic: readonly BinaryOperator[] = ['+', '-', '*', '/', '%'];

class Printer {
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  file({ statements }: Tree): Node {
    const span = { start: 0, end: this.#source.text.length };
    return this.#block(statements, span, this.#tokenFrom(0));
  }

  /** Where a node is: it starts where messages point for it. */
  #base(node: string, span: Span, start = span.start): Node {
    const [from, to] = [positionAt(this.#source, start), positionAt(this.#source, span.end)];
    return {
      node,
      lineno: from.line,
      colno: from.column,
      end_lineno: to.line,
      end_colno: to.column,
    };
  }

  #block(block: Block, span: Span, start: number): Node {
    return {
      lines: block.map((statement) => this.#statement(statement)),
      ...this.#base('CodeBlockNode', span, start),
    };
  }

  /** Where the next token begins, be it the end of a line. */
  #tokenFrom(at: number): number {
    const blank = /(?:[ \t]|\r(?!\n)|#[^\r\n]*|\\\r?\n)*/y;
    blank.lastIndex = at;
    return at + (blank.exec(this.#source.text)?.[0].length ?? 0);
  }

  /** A block begins with the first token behind the line of its `if` or `else`. */
  #behindLine(at: number): number {
    const end = this.#tokenFrom(at);
    const line = /\r?\n/y;
    line.lastIndex = end;
    return line.test(this.#source.text) ? this.#tokenFrom(line.lastIndex) : end;
  }

  #statement(statement: Statement): Node {
    const base = (name: string): Node =>
      this.#base(name, statement.span, headlineSpan(statement).start);
    switch (statement.kind) {
      case 'expression':
        return this.#expression(statement.expression);
      case 'assignment':
        return this.#expression(statement);
      case 'break':
        return base('BreakNode');
      case 'continue':
        return base('ContinueNode');
      case 'testcase':
        return base('TestCaseClauseNode');
      case 'foreach':
        return {
          items: this.#expression(statement.items),
          block: this.#block(
            statement.body,
            statement.span,
            this.#tokenFrom(statement.items.span.end),
          ),
          varnames: statement.names.map(({ name }) => name),
          ...base('ForeachClauseNode'),
        };
      case 'if': {
        const { branches, otherwise, otherwiseSpan = statement.span } = statement;
        return {
          ifs: branches.map(({ condition, body }) => ({
            condition: this.#expression(condition),
            block: this.#block(body, statement.span, this.#behindLine(condition.span.end)),
            ...this.#base('IfNode', statement.span, headlineSpan(condition).start),
          })),
          else:
            otherwise === undefined
              ? this.#base('EmptyNode', statement.span, statement.span.end - 'endif'.length)
              : this.#block(otherwise, otherwiseSpan, this.#behindLine(otherwiseSpan.end)),
          ...base('IfClauseNode'),
        };
      }
      default:
        return unreachable(statement);
    }
  }

  #expression(node: Expression): Node {
    const base = (name: string): Node => this.#base(name, node.span, headlineSpan(node).start);
    const own = (child: Expression): Node => this.#expression(child);
    switch (node.kind) {
      case 'string':
        return { value: node.value, ...base('StringNode') };
      case 'number':
        return { value: Number(node.value), ...base('NumberNode') };
      case 'boolean':
        return { value: node.value, ...base('BooleanNode') };
      case 'identifier':
        return { value: node.name, ...base('IdNode') };
      case 'array': {
        const args = node.args ?? { positional: node.items, keywords: [], span: node.span };
        return { args: this.#arguments(args), ...base('ArrayNode') };
      }
      case 'dictionary':
        return { args: this.#entries(node), ...base('DictNode') };
      case 'not':
        return { right: own(node.operand), ...base('NotNode') };
      case 'negate':
        return { right: own(node.operand), ...base('UMinusNode') };
      case 'binary':
        return {
          left: own(node.left),
          right: own(node.right),
          ...operation(node.operator),
          ...base(operationNode(node.operator)),
        };
      case 'ternary':
        return {
          condition: own(node.condition),
          true: own(node.then),
          false: own(node.otherwise),
          ...base('TernaryNode'),
        };
      case 'index':
        return { object: own(node.object), index: own(node.index), ...base('IndexNode') };
      case 'parentheses':
        return own(node.inner);
      case 'method-call':
        return {
          object: own(node.object),
          args: this.#arguments(node.args),
          name: node.name,
          ...base('MethodNode'),
        };
      case 'call':
        return { args: this.#arguments(node.args), name: node.name, ...base('FunctionNode') };
      case 'assignment':
        return {
          value: own(node.value),
          var_name: node.name,
          ...base(node.operator === '=' ? 'AssignmentNode' : 'PlusAssignmentNode'),
        };
      case 'missing':
        return base('EmptyNode');
      default:
        return unreachable(node);
    }
  }

  #entries({ entries, span }: Extract<Expression, { readonly kind: 'dictionary' }>): Node {
    const own = (child: Expression): Node => this.#expression(child);
    return {
      positional: [],
      kwargs: entries.map(({ key, value }) => ({ key: own(key), val: own(value) })),
      ...this.#base('ArgumentNode', span, this.#behindFirst(entries[0]?.key.span, undefined, span)),
    };
  }

  /** Arguments are said to begin where the first of them, or its name, is over. */
  #behindFirst(first: Span | undefined, firstName: Span | undefined, span: Span): number {
    const end =
      first === undefined
        ? (firstName?.end ?? span.start + 1)
        : firstName === undefined || first.start < firstName.start
          ? first.end
          : firstName.end;
    const blank = /(?:[ \t\r\n]|#[^\n]*|\\\n)*/y;
    blank.lastIndex = end;
    return end + (blank.exec(this.#source.text)?.[0].length ?? 0);
  }

  #arguments({ positional, keywords, span }: Arguments): Node {
    return {
      positional: positional.map((item) => this.#expression(item)),
      kwargs: keywords.map(({ name, nameSpan, value }) => ({
        key: { value: name, ...this.#base('IdNode', nameSpan) },
        val: this.#expression(value),
      })),
      ...this.#base(
        'ArgumentNode',
        span,
        this.#behindFirst(positional[0]?.span, keywords[0]?.nameSpan, span),
      ),
    };
  }
}

function operationNode(operator: BinaryOperator): string {
  if (operator === 'or') return 'OrNode';
  if (operator === 'and') return 'AndNode';
  return arithmetic.includes(operator) ? 'ArithmeticNode' : 'ComparisonNode';
}

function operation(operator: BinaryOperator): Node {
  switch (operationNode(operator)) {
    case 'ArithmeticNode':
      return { op: operator };
    case 'ComparisonNode':
      return { ctype: operator };
    default:
      return {};
  }
}
