import type { Block, Expression, MethodCallExpression, Statement } from '../../lang/tree.ts';
import type { Evaluation } from '../evaluation.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { compilerType } from '../objects/compiler.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { isA, isDictionary, isList, Pending, type Value } from '../value.ts';
import { bindArguments } from './bind-arguments.ts';
import { builtinsOf, setBuiltins } from './builtins.ts';
import { FeatureUses } from './feature-uses.ts';
import type { Frame } from './frame.ts';
import { makeCall } from './make-call.ts';
import { standing } from './standing.ts';

/** Checks that several of can be tried by one run of a compiler. */
const checks: ReadonlySet<string> = new Set([
  ...['has_header', 'has_header_symbol', 'has_function', 'has_type', 'has_member', 'has_members'],
  ...['sizeof', 'alignment', 'has_argument', 'get_supported_arguments', 'first_supported_argument'],
  ...['links', 'find_library'],
]);

/** Statements that were looked into. */
const looked = perEvaluation(() => new WeakSet<Statement>());

/**
 * Makes the checks known that evaluation will probably come to, so that they can go to the compiler
 * with one that is needed now. A guess may be wrong: whoever is not asked in the end is not heard.
 */
export function lookAhead(evaluation: Evaluation): void {
  const real = foreseeing.get(evaluation) ?? evaluation;
  const seen = looked(real);
  for (let at = standing(real).position; at !== undefined; at = at.outer) {
    const guess = new Guess(at.frame, seen);
    for (const statement of at.block.slice(at.at)) guess.statement(statement);
  }
}

/** Evaluations that only guess, and those for which they do. */
const foreseeing = new WeakMap<Evaluation, Evaluation>();

/** Whether nobody asks: it is only guessed what will be asked. */
export const isForeseeing = (evaluation: Evaluation): boolean => foreseeing.has(evaluation);

/** The same evaluation, for guesses: nobody hears what they have to tell. */
const silent = perEvaluation((evaluation) => {
  const nobody = (): void => {};
  const copy: Evaluation = {
    ...evaluation,
    features: new FeatureUses(nobody),
    log: nobody,
    logLater: nobody,
    detail: nobody,
    report: nobody,
  };
  setBuiltins(copy, builtinsOf(evaluation));
  foreseeing.set(copy, evaluation);
  return copy;
});

/** What is not known before evaluation gets there. */
const unknown: unique symbol = Symbol('unknown');
type Guessed = Value | typeof unknown;

function allKnown(values: readonly Guessed[]): readonly Value[] | undefined {
  const known: Value[] = [];
  for (const value of values) {
    if (value === unknown) return undefined;
    known.push(value);
  }
  return known;
}

/** Chains are as deep as they are long: what is deeper is not looked into. */
const deepest = 100;

/** How many turns of loops are looked into, at most. */
const mostTurns = 500;

interface Foreseen {
  /** The check, where it is not the method that is called. */
  readonly name?: string;
  readonly args: Parameters<typeof bindArguments>[3];
}

class Guess {
  readonly #frame: Frame;
  readonly #seen: WeakSet<Statement>;
  /** Names that got other values on the way. */
  readonly #names = new Map<string, Guessed>();
  #turns = 0;

  constructor(frame: Frame, seen: WeakSet<Statement>) {
    this.#frame = { ...frame, evaluation: silent(frame.evaluation) };
    this.#seen = seen;
  }

  /** Each statement is looked into once, the body of a loop once for each turn. */
  statement(statement: Statement, isTurn = false): void {
    if (!isTurn) {
      if (this.#seen.has(statement)) return;
      this.#seen.add(statement);
    }
    switch (statement.kind) {
      case 'expression':
        this.#visit(statement.expression);
        break;
      case 'assignment':
        this.#visit(statement);
        break;
      case 'if':
        for (const { condition } of statement.branches) this.#visit(condition);
        for (const { body } of statement.branches) this.#block(body, isTurn);
        this.#block(statement.otherwise ?? [], isTurn);
        break;
      case 'foreach':
        this.#loop(statement);
        break;
      case 'break':
      case 'continue':
      case 'testcase':
        break;
    }
  }

  #block(block: Block, isTurn: boolean): void {
    for (const statement of block) this.statement(statement, isTurn);
  }

  #loop({ names, items, body }: Extract<Statement, { readonly kind: 'foreach' }>): void {
    this.#visit(items);
    if (!asksIn(body)) return;
    const all = this.#value(items);
    const turns =
      all === unknown
        ? []
        : isList(all)
          ? all.map((item) => [item])
          : isDictionary(all)
            ? [...all]
            : [];
    for (const values of turns) {
      if (this.#turns++ >= mostTurns) return;
      for (const [at, { name }] of names.entries()) this.#names.set(name, values[at]);
      this.#block(body, true);
    }
    for (const { name } of names) this.#names.set(name, unknown);
  }

  /** Looks for checks in an expression. */
  #visit(expression: Expression, depth = 0): void {
    if (depth > deepest) return;
    for (const part of partsOf(expression)) this.#visit(part, depth + 1);
    if (expression.kind === 'method-call') this.#method(expression);
    if (expression.kind === 'assignment')
      this.#names.set(
        expression.name,
        expression.operator === '=' ? this.#value(expression.value) : unknown,
      );
  }

  #method(node: MethodCallExpression): void {
    if (!checks.has(node.name)) return;
    const receiver = this.#value(node.object);
    if (receiver === unknown || !isA(receiver, compilerType)) return;
    const isLibrary = node.name === 'find_library';
    const positional = node.args.positional.map((argument) => this.#value(argument));
    const keywords = new Map<string, Value>();
    for (const { name, value } of node.args.keywords) {
      if (isLibrary && !/header/.test(name) && name !== 'kwargs') continue;
      const known = this.#value(value);
      if (known === unknown || name === 'kwargs') return;
      keywords.set(name, known);
    }
    if (isLibrary) {
      this.#headers(node, receiver, keywords);
      return;
    }
    const known = allKnown(positional);
    // A file may be one of another language, which would be compiled at once.
    if (node.name === 'links' && typeof known?.[0] !== 'string') return;
    if (known !== undefined)
      this.#foresee(node, receiver, { args: { positional: known, keywords } });
  }

  /** A library is asked for with its headers first. */
  #headers(
    node: MethodCallExpression,
    receiver: Value,
    keywords: ReadonlyMap<string, Value>,
  ): void {
    const headers = keywords.get('has_headers') ?? [];
    const given = [...keywords].flatMap(([name, value]): [string, Value][] =>
      name.startsWith('header_') ? [[name.slice('header_'.length), value]] : [],
    );
    for (const header of isList(headers) ? headers : [headers])
      this.#foresee(node, receiver, {
        name: 'has_header',
        args: { positional: [header], keywords: new Map(given) },
      });
  }

  #foresee(
    node: MethodCallExpression,
    receiver: Value,
    { name = node.name, args }: Foreseen,
  ): void {
    const { methods } = builtinsOf(this.#frame.evaluation);
    const table = methods.find(({ type }) => type === compilerType);
    const method = table?.methods.find((each) => each.name === name);
    if (method === undefined) return;
    const frame: Frame = { ...this.#frame, current: node };
    const call = makeCall(frame, name);
    try {
      // The table is that of compilers.
      method.run(call, receiver as never, bindArguments(call, method, name, args));
    } catch (error) {
      // What is wrong is told when evaluation comes to it.
      if (!(error instanceof EvaluationError)) throw error;
    }
  }

  /** What an expression is worth, where that is known without calling anything. */
  #value(node: Expression, depth = 0): Guessed {
    if (depth > deepest) return unknown;
    switch (node.kind) {
      case 'string':
        return node.format ? unknown : node.value;
      case 'number':
      case 'boolean':
        return node.value;
      case 'parentheses':
        return this.#value(node.inner, depth + 1);
      case 'identifier':
        return this.#variable(node.name);
      case 'array': {
        if (node.args !== undefined) return unknown;
        return allKnown(node.items.map((item) => this.#value(item, depth + 1))) ?? unknown;
      }
      case 'dictionary': {
        const entries = new Map<string, Value>();
        for (const { key, value } of node.entries) {
          const name = this.#value(key, depth + 1);
          const known = this.#value(value, depth + 1);
          if (typeof name !== 'string' || known === unknown) return unknown;
          entries.set(name, known);
        }
        return entries;
      }
      case 'binary':
        return node.operator === '+' ? this.#sum(node, depth + 1) : unknown;
      default:
        return unknown;
    }
  }

  #variable(name: string): Guessed {
    if (this.#names.has(name)) return this.#names.get(name);
    const { variables } = this.#frame.scope;
    if (!variables.has(name)) return unknown;
    const value = variables.get(name);
    return value instanceof Pending ? unknown : value;
  }

  #sum({ left, right }: Extract<Expression, { readonly kind: 'binary' }>, depth: number): Guessed {
    const a = this.#value(left, depth);
    const b = this.#value(right, depth);
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    if (a === unknown || b === unknown || !isList(a)) return unknown;
    return [...a, ...(isList(b) ? b : [b])];
  }
}

/** Expressions that an expression consists of, as far as there may be checks in them. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'array':
      return expression.items;
    case 'dictionary':
      return expression.entries.map(({ value }) => value);
    case 'not':
    case 'negate':
      return [expression.operand];
    case 'parentheses':
      return [expression.inner];
    case 'binary':
      return [expression.left, expression.right];
    case 'ternary':
      return [expression.condition, expression.then, expression.otherwise];
    case 'assignment':
      return [expression.value];
    case 'call':
    case 'method-call':
      return [
        ...expression.args.positional,
        ...expression.args.keywords.map(({ value }) => value),
        ...(expression.kind === 'method-call' ? [expression.object] : []),
      ];
    case 'index':
    case 'string':
    case 'number':
    case 'boolean':
    case 'identifier':
    case 'missing':
      return [];
  }
}

const asking = new WeakMap<Block, boolean>();

/** Whether there are checks in a block at all. */
function asksIn(block: Block): boolean {
  const known = asking.get(block) ?? block.some(asks);
  asking.set(block, known);
  return known;
}

function asks(statement: Statement): boolean {
  switch (statement.kind) {
    case 'expression':
      return isAsking(statement.expression);
    case 'assignment':
      return isAsking(statement);
    case 'if':
      return (
        statement.branches.some(({ condition, body }) => isAsking(condition) || asksIn(body)) ||
        asksIn(statement.otherwise ?? [])
      );
    case 'foreach':
      return asksIn(statement.body);
    case 'break':
    case 'continue':
    case 'testcase':
      return false;
  }
}

function isAsking(expression: Expression, depth = 0): boolean {
  if (depth > deepest) return false;
  if (expression.kind === 'method-call' && checks.has(expression.name)) return true;
  return partsOf(expression).some((part) => isAsking(part, depth + 1));
}
