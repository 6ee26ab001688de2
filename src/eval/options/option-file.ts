import type { Place } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import { headlineSpan } from '../../lang/headline-span.ts';
import { parse } from '../../lang/parse.ts';
import type { Expression, Statement } from '../../lang/tree.ts';
import type { OptionDeclaration } from '../../model/option.ts';
import type { Call } from '../call.ts';
import { EvaluationError, failAt } from '../evaluation-error.ts';
import { bindArguments } from '../interpreter/bind-arguments.ts';
import { negated } from '../interpreter/integers.ts';
import { type ArgumentSpans, noArguments } from '../interpreter/make-call.ts';
import { isInteger, type Value } from '../value.ts';
import { optionCall, typeParsers } from './option-types.ts';

/** Reads `meson.options`: the options a project declares, in order. `callAt` makes a call for messages at a place. */
export function readOptionFile(
  source: Source,
  callAt: (place: Place, spans: ArgumentSpans) => Call,
): readonly OptionDeclaration[] {
  const { tree, diagnostics } = parse(source);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new EvaluationError(error);
  const options = new Map<string, OptionDeclaration>();
  for (const statement of tree.statements) {
    const place = { source, span: headlineSpan(statement) };
    const call = callAt(place, spansOf(statement));
    const option = readStatement(call, source, statement);
    if (options.has(option.name)) call.deprecated(`Option ${option.name} already exists.`);
    options.set(option.name, option);
  }
  return [...options.values()];
}

function readStatement(call: Call, source: Source, statement: Statement): OptionDeclaration {
  const node = statement.kind === 'expression' ? statement.expression : undefined;
  if (node?.kind !== 'call') return call.fail('Option file may only contain option definitions');
  if (node.name !== 'option')
    return call.fail('Only calls to option() are allowed in option files.');
  if (node.args.misplaced !== undefined)
    call.fail('All keyword arguments must be after positional arguments.', {
      at: { source, span: node.args.misplaced },
    });
  const reader = { call, source };
  const positional = node.args.positional.map((item) => literal(reader, item));
  const keywords = new Map<string, Value>();
  for (const { name, value } of node.args.keywords) keywords.set(name, literal(reader, value));
  return declare(call, positional, keywords);
}

/** Where the arguments stand, for carets. */
function spansOf(statement: Statement): ArgumentSpans {
  const node = statement.kind === 'expression' ? statement.expression : undefined;
  if (node?.kind !== 'call') return noArguments;
  const { positional, keywords } = node.args;
  return {
    positional: positional.map(({ span }) => span),
    keywords: new Map(keywords.map(({ name, value }) => [name, value.span])),
    keywordNames: new Map(keywords.map(({ name, nameSpan }) => [name, nameSpan])),
  };
}

function declare(
  call: Call,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): OptionDeclaration {
  const own = ['type', 'description', 'deprecated', 'yield'];
  const bound = bindArguments(call, optionCall, { positional, keywords });
  // As `optionCall` declares them.
  const [name] = bound.positional as readonly [string];
  const { type, description } = bound.keywords as { type: string; description: string };
  const rest = new Map([...keywords].filter(([keyword]) => !own.includes(keyword)));
  const parser = typeParsers[type];
  if (parser === undefined) return call.fail(`Unknown type ${type}.`);
  return parser(call, { name, description: description || name, common: bound.keywords }, rest);
}

/** Options are literals: nothing is called. */
function literal(
  reader: { readonly call: Call; readonly source: Source },
  node: Expression,
): Value {
  const { call, source } = reader;
  const fail = (message: string): never =>
    failAt(call.place, message, source === call.place.source ? { focus: node.span } : {});
  switch (node.kind) {
    case 'parentheses':
      return literal(reader, node.inner);
    case 'string':
    case 'boolean':
    case 'number':
      return node.value;
    case 'array':
      return (node.args?.positional ?? node.items).map((item) => literal(reader, item));
    case 'dictionary': {
      const result = new Map<string, Value>();
      for (const { key, value } of node.entries) {
        if (key.kind !== 'string') return fail('Dictionary keys must be a string literal');
        result.set(key.value, literal(reader, value));
      }
      return result;
    }
    case 'negate': {
      const value = literal(reader, node.operand);
      if (!isInteger(value)) return fail('Token after "-" is not a number');
      call.uses('negative numbers in meson_options.txt', '0.54.1');
      return negated(value);
    }
    case 'not': {
      const value = literal(reader, node.operand);
      if (typeof value !== 'boolean') return fail('Token after "not" is not a a boolean');
      call.uses('negation ("not") in meson_options.txt', '0.54.1');
      return !value;
    }
    case 'binary': {
      if (!['+', '-', '*', '/', '%'].includes(node.operator)) break;
      const left = literal(reader, node.left);
      const right = literal(reader, node.right);
      if (node.operator !== '+' || typeof left !== 'string' || typeof right !== 'string')
        return fail('Only string concatenation with the "+" operator is allowed');
      call.uses('string concatenation in meson_options.txt', '0.55.0');
      return left + right;
    }
  }
  return fail('Arguments may only be string, int, bool, or array of those.');
}
