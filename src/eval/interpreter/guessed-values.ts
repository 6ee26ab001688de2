import type { Expression, MethodCallExpression } from '../../lang/tree.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { isDictionary, isList, Pending, type Value } from '../value.ts';
import { callMethod } from './call-builtin.ts';
import type { Frame } from './frame.ts';
import { makeCall, noArguments } from './make-call.ts';
import { indexed } from './operators.ts';

/** What is not known before evaluation gets there. */
export const unknown: unique symbol = Symbol('unknown');
export type Guessed = Value | typeof unknown;

/** The values, where all of them are known. */
export function allKnown(values: readonly Guessed[]): readonly Value[] | undefined {
  const known: Value[] = [];
  for (const value of values) {
    if (value === unknown) return undefined;
    known.push(value);
  }
  return known;
}

/** Whether a value holds nothing that is still to be found out: a guess starts no compiler. */
export function isFoundOut(value: Value): boolean {
  if (isList(value)) return value.every(isFoundOut);
  if (isDictionary(value)) return [...value.values()].every(isFoundOut);
  return !(value instanceof Pending) || value.isKnown;
}

function foundOut(value: Value): Guessed {
  if (!(value instanceof Pending)) return value;
  return value.isKnown ? value.force() : unknown;
}

/** What has methods that look at nothing else. */
function isPlain(value: Guessed): value is Exclude<Value, Pending | undefined> {
  return (
    isList(value as Value) ||
    isDictionary(value as Value) ||
    ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
  );
}

/** Chains are as deep as they are long: what is deeper is not looked into. */
export const deepest = 100;

/** What expressions are worth before evaluation comes to them. */
export class GuessedValues {
  readonly #frame: Frame;
  /** Names that got other values on the way. */
  readonly #names = new Map<string, Guessed>();

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  name(name: string, value: Guessed): void {
    this.#names.set(name, value);
  }

  /** What an expression is worth, where that is known without calling anything. */
  of(node: Expression, depth = 0): Guessed {
    if (depth > deepest) return unknown;
    switch (node.kind) {
      case 'string':
        return node.format ? this.#filled(node.value) : node.value;
      case 'number':
      case 'boolean':
        return node.value;
      case 'parentheses':
        return this.of(node.inner, depth + 1);
      case 'identifier':
        return this.#variable(node.name);
      case 'array': {
        if (node.args !== undefined) return unknown;
        return allKnown(node.items.map((item) => this.of(item, depth + 1))) ?? unknown;
      }
      case 'dictionary': {
        const entries = new Map<string, Value>();
        for (const { key, value } of node.entries) {
          const name = this.of(key, depth + 1);
          const known = this.of(value, depth + 1);
          if (typeof name !== 'string' || known === unknown) return unknown;
          entries.set(name, known);
        }
        return entries;
      }
      case 'binary':
        return node.operator === '+' ? this.#sum(node, depth + 1) : unknown;
      case 'index': {
        const object = this.of(node.object, depth + 1);
        const index = this.of(node.index, depth + 1);
        if (!isPlain(object) || !isPlain(index)) return unknown;
        return this.tried(() => indexed(makeCall(this.#frame, '[]'), object, index));
      }
      case 'method-call':
        return this.#plainMethod(node, depth + 1);
      default:
        return unknown;
    }
  }

  /** Of texts, numbers, lists and dictionaries methods tell without looking at anything else. */
  #plainMethod(node: MethodCallExpression, depth: number): Guessed {
    const { positional, keywords } = node.args;
    // What it tells is told to the `if` around it, too.
    if (keywords.length > 0 || node.name === 'version_compare') return unknown;
    const object = this.of(node.object, depth);
    if (!isPlain(object) || (node.name !== 'get' && !isFoundOut(object))) return unknown;
    const known = allKnown(positional.map((argument) => this.of(argument, depth)));
    if (known === undefined || !known.every(isFoundOut)) return unknown;
    const frame: Frame = { ...this.#frame, current: node };
    const args = { positional: known, keywords: new Map<string, Value>() };
    return this.tried(() =>
      callMethod(frame, { object, name: node.name }, { args, spans: noArguments }),
    );
  }

  /** What is wrong is told when evaluation comes to it. */
  tried(tell: () => Value): Guessed {
    try {
      const value = tell();
      return foundOut(value);
    } catch (error) {
      if (error instanceof EvaluationError) return unknown;
      throw error;
    }
  }

  /** A text with the values of variables in it. */
  #filled(text: string): Guessed {
    let isKnown = true;
    const filled = text.replace(/@([A-Za-z_][A-Za-z0-9_]*)@/g, (_, name: string) => {
      const value = this.#variable(name);
      isKnown &&= typeof value === 'string' || typeof value === 'number';
      return String(value);
    });
    return isKnown ? filled : unknown;
  }

  #variable(name: string): Guessed {
    if (this.#names.has(name)) return this.#names.get(name);
    const { variables } = this.#frame.scope;
    if (!variables.has(name)) return unknown;
    const value = variables.get(name);
    return foundOut(value);
  }

  #sum({ left, right }: Extract<Expression, { readonly kind: 'binary' }>, depth: number): Guessed {
    const a = this.of(left, depth);
    const b = this.of(right, depth);
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    if (a === unknown || b === unknown || !isList(a)) return unknown;
    return [...a, ...(isList(b) ? b : [b])];
  }
}
