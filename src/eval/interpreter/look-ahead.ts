import { unreachable } from '../../base/assert.ts';
import type { Block, Expression, MethodCallExpression, Statement } from '../../lang/tree.ts';
import type { Evaluation } from '../evaluation.ts';
import { compilerType } from '../objects/compiler.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { isA, isDictionary, isList, type Value } from '../value.ts';
import { bindArguments, type RawArguments } from './bind-arguments.ts';
import { builtinsOf, setBuiltins } from './builtins.ts';
import { FeatureUses } from './feature-uses.ts';
import type { Frame } from './frame.ts';
import { allKnown, deepest, GuessedValues, isFoundOut, unknown } from './guessed-values.ts';
import { makeCall } from './make-call.ts';
import { standing } from './standing.ts';

/** Checks that several of can be tried by one run of a compiler. */
const checks: ReadonlySet<string> = new Set([
  ...['has_header', 'has_header_symbol', 'has_function', 'has_type', 'has_member', 'has_members'],
  ...['sizeof', 'alignment', 'has_argument', 'get_supported_arguments', 'first_supported_argument'],
  ...['links', 'find_library'],
]);

/** How often statements were looked into. */
const looked = perEvaluation(() => new WeakMap<Statement, number>());

/** Statements that evaluation was in when something was looked for. */
const begun = perEvaluation(() => new WeakSet<Statement>());

/** What could not be told is looked at again, when evaluation is closer to it; so often at most. */
const mostLooks = 8;

/**
 * Makes the checks known that evaluation will probably come to, so that they can go to the compiler
 * with one that is needed now. A guess may be wrong: whoever is not asked in the end is not heard.
 */
export function lookAhead(evaluation: Evaluation): void {
  const real = foreseeing.get(evaluation) ?? evaluation;
  const seen = looked(real);
  for (let at = standing(real).position; at !== undefined; at = at.outer) {
    const guess = new Guess(at.frame, seen);
    const [current, ...later] = at.block.slice(at.at);
    // Of a loop that has begun it is known what it goes through.
    if (current?.kind === 'foreach' && !begun(real).has(current)) seen.delete(current);
    if (current !== undefined) {
      begun(real).add(current);
      guess.statement(current);
    }
    for (const statement of later) guess.statement(statement);
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

function turnsOf(all: Value): readonly (readonly Value[])[] {
  if (isList(all)) return all.map((item) => [item]);
  return isDictionary(all) ? [...all] : [];
}

/** How many turns of loops are looked into, at most. */
const mostTurns = 500;

interface Foreseen {
  /** The check, where it is not the method that is called. */
  readonly name?: string;
  readonly args: RawArguments;
}

/** Whether a block is looked into till it is known, or anew for each turn of a loop. */
type Looks = 'once' | 'each-turn';

class Guess {
  readonly #frame: Frame;
  readonly #seen: WeakMap<Statement, number>;
  readonly #values: GuessedValues;
  #turns = 0;
  /** Something that may be asked could not be told yet. */
  #missed = false;

  constructor(frame: Frame, seen: WeakMap<Statement, number>) {
    this.#frame = { ...frame, evaluation: silent(frame.evaluation) };
    this.#values = new GuessedValues(this.#frame);
    this.#seen = seen;
  }

  /** Each statement is looked into till all that it asks is known; the body of a loop once for each turn. */
  statement(statement: Statement): void {
    const looks = this.#seen.get(statement) ?? 0;
    if (looks >= mostLooks) return;
    const missedBefore = this.#missed;
    this.#missed = false;
    this.#look(statement, 'once');
    this.#seen.set(statement, this.#missed ? looks + 1 : mostLooks);
    this.#missed ||= missedBefore;
  }

  #look(statement: Statement, looks: Looks): void {
    switch (statement.kind) {
      case 'expression':
        this.#visit(statement.expression);
        break;
      case 'assignment':
        this.#visit(statement);
        break;
      case 'if':
        for (const { condition } of statement.branches) this.#visit(condition);
        for (const { body } of statement.branches) this.#block(body, looks);
        this.#block(statement.otherwise ?? [], looks);
        break;
      case 'foreach':
        this.#loop(statement);
        break;
      case 'break':
      case 'continue':
      case 'testcase':
        break;
      default:
        unreachable(statement);
    }
  }

  #block(block: Block, looks: Looks): void {
    for (const statement of block) {
      if (looks === 'each-turn') this.#look(statement, looks);
      else this.statement(statement);
    }
  }

  #loop(statement: Extract<Statement, { readonly kind: 'foreach' }>): void {
    const { names, items, body } = statement;
    this.#visit(items);
    if (!asksIn(body)) return;
    const all = this.#values.of(items);
    if (all === unknown) this.#missed = true;
    const turns = all === unknown ? [] : turnsOf(all);
    for (const values of turns) {
      if (this.#turns++ >= mostTurns) return;
      for (const [at, { name }] of names.entries()) this.#values.name(name, values[at]);
      this.#block(body, 'each-turn');
    }
    for (const { name } of names) this.#values.name(name, unknown);
  }

  /** Looks for checks in an expression. */
  #visit(expression: Expression, depth = 0): void {
    if (depth > deepest) return;
    for (const part of partsOf(expression)) this.#visit(part, depth + 1);
    if (expression.kind === 'method-call') this.#method(expression);
    if (expression.kind === 'assignment')
      this.#values.name(
        expression.name,
        expression.operator === '=' ? this.#values.of(expression.value) : unknown,
      );
  }

  #method(node: MethodCallExpression): void {
    if (!checks.has(node.name)) return;
    const receiver = this.#values.of(node.object);
    if (receiver !== unknown && !isA(receiver, compilerType)) return;
    if (receiver === unknown || !this.#ask(node, receiver)) this.#missed = true;
  }

  /** False where what is asked is not known yet. */
  #ask(node: MethodCallExpression, receiver: Value): boolean {
    const isLibrary = node.name === 'find_library';
    const positional = node.args.positional.map((argument) => this.#values.of(argument));
    const keywords = new Map<string, Value>();
    for (const { name, value } of node.args.keywords) {
      if (isLibrary && !/header/.test(name) && name !== 'kwargs') continue;
      const known = this.#values.of(value);
      if (known === unknown || name === 'kwargs') return false;
      keywords.set(name, known);
    }
    if (isLibrary) {
      this.#headers(node, receiver, keywords);
      return true;
    }
    const known = allKnown(positional);
    if (known === undefined) return false;
    // A file may be one of another language, which would be compiled at once.
    if (node.name === 'links' && typeof known[0] !== 'string') return true;
    if (![...known, ...keywords.values()].every(isFoundOut)) return false;
    this.#foresee(node, receiver, { args: { positional: known, keywords } });
    return true;
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
    // The table is that of compilers.
    this.#values.tried(() =>
      method.run(call, receiver as never, bindArguments(call, method, args)),
    );
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
    default:
      return unreachable(expression);
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
    default:
      return unreachable(statement);
  }
}

function isAsking(expression: Expression, depth = 0): boolean {
  if (depth > deepest) return false;
  if (expression.kind === 'method-call' && checks.has(expression.name)) return true;
  return partsOf(expression).some((part) => isAsking(part, depth + 1));
}
