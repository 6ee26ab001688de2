import { unreachable } from '../../base/assert.ts';
import type { Span } from '../../diag/source.ts';
import type {
  Arguments,
  CallExpression,
  Expression,
  MethodCallExpression,
} from '../../lang/tree.ts';
import { failAt } from '../evaluation-error.ts';
import { defaultType } from '../objects/default.ts';
import { disabler, disablerType } from '../objects/disabler.ts';
import { force, isA, isDictionary, type Known, type Value } from '../value.ts';
import { builtinsOf } from './builtins.ts';
import {
  callFunction,
  callMethod,
  failUnknownFunction,
  type GivenArguments,
  hasDisabler,
} from './call-builtin.ts';
import { formatString } from './format-string.ts';
import { currentPlace, type Frame } from './frame.ts';
import { tooManySteps } from './limits.ts';
import { makeCall } from './make-call.ts';
import { indexed, minus, negation, operate, operateQuickly, truth } from './operators.ts';
import { assign, assignPlus, variable } from './variables.ts';
import { noteVersionCheck, noteVersionName } from './version-check.ts';

/** What an expression is worth; `undefined` for a call without result and for an assignment. */
export function evaluateExpression(frame: Frame, expression: Expression): Value {
  // Chains are as deep on their left as they are long: down by a loop, and up again.
  const chain: Link[] = [];
  let at = expression;
  for (;;) {
    enter(frame, at);
    if (at.kind === 'binary') {
      chain.push(at);
      at = at.left;
    } else if (at.kind === 'index') {
      chain.push(at);
      at = at.object;
    } else if (at.kind === 'method-call' && at.object.kind !== 'identifier') {
      chain.push(at);
      at = at.object;
    } else break;
  }
  let value = evaluateLeaf(frame, at);
  for (let link = chain.pop(); link !== undefined; link = chain.pop()) {
    value = evaluateLink(frame, link, value);
  }
  return value;
}

type Link = Extract<Expression, { readonly kind: 'binary' | 'index' | 'method-call' }>;
type Leaf = Exclude<Expression, { readonly kind: 'binary' | 'index' }>;

function enter(frame: Frame, node: Expression): void {
  frame.current = node;
  if (!frame.evaluation.limits.step()) fail(frame, tooManySteps);
}

/** A value that is not too large. */
function admitted(frame: Frame, value: Value): Value {
  const complaint = frame.evaluation.limits.complaint(value);
  return complaint === undefined ? value : fail(frame, complaint);
}

/** What stands where Meson finds no value, and what to write instead. */
function statementHint({ source }: Frame, at: number): { readonly hint?: string } {
  const text = source.text.slice(Math.max(0, at - 1), at + 2);
  if (/\/[/*]/.test(text)) return { hint: 'A comment begins with #.' };
  if (text.includes('++')) return { hint: 'Write "+= 1".' };
  return {};
}

function fail(frame: Frame, message: string, focus?: Span): never {
  return failAt(currentPlace(frame), message, focus === undefined ? {} : { focus });
}

function evaluateLink(frame: Frame, link: Link, left: Value): Value {
  switch (link.kind) {
    case 'binary':
      return evaluateBinary(frame, link, left);
    case 'index':
      return evaluateIndex(frame, link, left);
    case 'method-call':
      return evaluateMethodCall(frame, link, left);
    default:
      return unreachable(link);
  }
}

function evaluateLeaf(frame: Frame, node: Leaf): Value {
  switch (node.kind) {
    case 'string':
      return node.format ? admitted(frame, formatString(frame, node)) : node.value;
    case 'number':
    case 'boolean':
      return node.value;
    case 'identifier':
      return variable(frame, node.name, node.span);
    case 'array': {
      if (node.args === undefined) return admitted(frame, evaluateItems(frame, node.items));
      evaluateArguments(frame, node.args);
      return fail(frame, 'Keyword arguments are invalid in array construction.');
    }
    case 'dictionary':
      return admitted(frame, evaluateDictionary(frame, node));
    case 'not':
    case 'negate':
      return evaluateUnary(frame, node);
    case 'ternary':
      return evaluateTernary(frame, node);
    case 'parentheses':
      return evaluateExpression(frame, node.inner);
    case 'missing':
      return failAt(currentPlace(frame), 'Unknown statement.', statementHint(frame, node.next));
    case 'assignment':
      return evaluateAssignment(frame, node);
    case 'call':
      return evaluateCall(frame, node);
    case 'method-call':
      return evaluateMethodCall(frame, node, undefined);
    default:
      return unreachable(node);
  }
}

function evaluateItems(frame: Frame, items: readonly Expression[]): readonly Value[] {
  frame.argumentDepth++;
  const values = items.map((item) => evaluateExpression(frame, item));
  if (values.includes(undefined)) fail(frame, 'At least one value in the arguments is void.');
  frame.argumentDepth--;
  return values;
}

function evaluateDictionary(
  frame: Frame,
  node: Extract<Expression, { readonly kind: 'dictionary' }>,
): Value {
  const call = makeCall(frame, 'dict');
  call.uses('dict', '0.47.0');
  const result = new Map<string, Value>();
  frame.argumentDepth++;
  for (const entry of node.entries) {
    if (entry.key.kind !== 'string') call.uses('Dictionary entry using non literal key', '0.53.0');
    const key = force(evaluateExpression(frame, entry.key));
    if (key === undefined) return fail(frame, 'Key cannot be void.', entry.key.span);
    if (typeof key !== 'string') return fail(frame, 'Key must be a string', entry.key.span);
    const value = evaluateExpression(frame, entry.value);
    if (value === undefined) fail(frame, `Value of key ${key} is void.`, entry.value.span);
    frame.current = entry.key;
    if (result.has(key)) fail(frame, `Duplicate dictionary key: ${key}`, entry.key.span);
    result.set(key, value);
  }
  frame.argumentDepth--;
  return result;
}

function evaluateUnary(
  frame: Frame,
  node: Extract<Expression, { readonly kind: 'not' | 'negate' }>,
): Value {
  const value = force(evaluateExpression(frame, node.operand));
  const word = node.kind === 'not' ? 'not' : 'unary minus';
  if (value === undefined)
    return fail(frame, `Cannot perform '${word}' operation on void statement.`);
  if (isA(value, disablerType)) return value;
  const call = makeCall(frame, word);
  return node.kind === 'not' ? negation(call, value) : minus(call, value);
}

function evaluateTernary(
  frame: Frame,
  node: Extract<Expression, { readonly kind: 'ternary' }>,
): Value {
  const condition = force(evaluateExpression(frame, node.condition));
  if (condition === undefined)
    return fail(frame, 'Cannot use a void statement as condition for ternary operator.');
  if (isA(condition, disablerType)) return condition;
  const chosen = truth(makeCall(frame, '?'), condition) ? node.then : node.otherwise;
  return evaluateExpression(frame, chosen);
}

function evaluateAssignment(
  frame: Frame,
  node: Extract<Expression, { readonly kind: 'assignment' }>,
): Value {
  if (node.operator === '+=') {
    assignPlus(frame, node.name, evaluateExpression(frame, node.value));
    return undefined;
  }
  if (frame.argumentDepth !== 0)
    fail(
      frame,
      'Tried to assign values inside an argument list.\nTo specify a keyword argument, use : instead of =.\n',
    );
  assign(frame, node.name, evaluateExpression(frame, node.value));
  noteVersionName(frame, node.name, node.value);
  return undefined;
}

const comparisons: readonly string[] = [
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not in',
  'and',
  'or',
];

function evaluateBinary(
  frame: Frame,
  node: Extract<Expression, { readonly kind: 'binary' }>,
  left: Value,
): Value {
  const { operator } = node;
  const isComparison = comparisons.includes(operator);
  const a = force(left);
  if (a === undefined && isComparison)
    return fail(frame, 'Cannot compare a void statement on the left-hand side');
  if (isA(a, disablerType)) return a;
  if (operator === 'and' || operator === 'or') {
    const first = typeof a === 'boolean' ? a : truth(makeCall(frame, operator), a);
    if (first === (operator === 'or')) return first;
  }
  const b = force(evaluateExpression(frame, node.right));
  if (b === undefined && isComparison)
    return fail(frame, 'Cannot compare a void statement on the right-hand side');
  if (isA(b, disablerType)) return b;
  if (a === undefined || b === undefined)
    return fail(frame, `Cannot perform '${operator}' operation on void statement.`);
  const quick = operateQuickly(operator, a, b);
  if (quick !== undefined) return quick;
  const call = makeCall(frame, operator);
  if (operator === 'and' || operator === 'or') return truth(call, b);
  return operate(call, { operator, left: a, right: b });
}

function evaluateIndex(
  frame: Frame,
  node: Extract<Expression, { readonly kind: 'index' }>,
  object: Value,
): Value {
  const known = force(object);
  if (known === undefined) return fail(frame, 'Tried to evaluate indexing on void.');
  if (isA(known, disablerType)) return known;
  const index = evaluateExpression(frame, node.index);
  if (index === undefined) return fail(frame, 'Cannot use void statement as index.');
  return indexed(makeCall(frame, '[]'), known, index);
}

function evaluateCall(frame: Frame, node: CallExpression): Value {
  const given = evaluateArguments(frame, node.args);
  // Of a function that there is none of, Meson's headline points at the last argument.
  if (!builtinsOf(frame.evaluation).functions.has(node.name) && !hasDisabler(given.args))
    return failUnknownFunction(frame, node.name, node.nameSpan);
  frame.current = node;
  return callFunction(frame, node.name, given);
}

function evaluateMethodCall(frame: Frame, node: MethodCallExpression, left: Value): Value {
  const receiver = node.object;
  const object =
    receiver.kind === 'identifier' ? variable(frame, receiver.name, receiver.span) : left;
  const given = evaluateArguments(frame, node.args);
  if (hasDisabler(given.args)) return disabler;
  if (object === undefined) return fail(frame, `${nodeNames[receiver.kind]} is not callable.`);
  frame.current = node;
  const value = callMethod(frame, { object, name: node.name }, given);
  if (node.name === 'version_compare' && typeof object === 'string')
    noteVersionCheck(frame, receiver, given.args);
  return value;
}

/** Meson's classes of what cannot be called when it is void. */
const nodeNames: Readonly<Record<Expression['kind'], string>> = {
  string: 'StringNode',
  number: 'NumberNode',
  boolean: 'BooleanNode',
  identifier: 'IdNode',
  array: 'ArrayNode',
  dictionary: 'DictNode',
  not: 'NotNode',
  negate: 'UMinusNode',
  binary: 'ArithmeticNode',
  ternary: 'TernaryNode',
  index: 'IndexNode',
  parentheses: 'ParenthesizedNode',
  missing: 'EmptyNode',
  assignment: 'AssignmentNode',
  call: 'FunctionNode',
  'method-call': 'MethodNode',
};

/** Evaluates the arguments of a call, `kwargs:` expanded. */
function evaluateArguments(frame: Frame, node: Arguments): GivenArguments {
  if (node.misplaced !== undefined)
    fail(frame, 'All keyword arguments must be after positional arguments.', node.misplaced);
  const positional = evaluateItems(frame, node.positional);
  const keywords = new Map<string, Value>();
  const spans = new Map<string, Span>();
  const names = new Map<string, Span>();
  frame.argumentDepth++;
  for (const keyword of node.keywords) {
    const value = evaluateExpression(frame, keyword.value);
    if (value === undefined)
      fail(frame, `Value of key ${keyword.name} is void.`, keyword.value.span);
    frame.current = { kind: 'name', span: keyword.nameSpan };
    keywords.set(keyword.name, value);
    spans.set(keyword.name, keyword.value.span);
    names.set(keyword.name, keyword.nameSpan);
  }
  frame.argumentDepth--;
  expandKeywords(frame, keywords);
  const written = node.positional.map(({ span }) => span);
  return {
    args: { positional, keywords },
    spans: { positional: written, keywords: spans, keywordNames: names },
  };
}

function expandKeywords(frame: Frame, keywords: Map<string, Value>): void {
  if (!keywords.has('kwargs')) return;
  const more: Known = force(keywords.get('kwargs'));
  keywords.delete('kwargs');
  if (isA(more, defaultType)) return;
  if (!isDictionary(more)) fail(frame, 'Value of "kwargs" must be dictionary.');
  if (more.has('kwargs'))
    fail(
      frame,
      'Kwargs argument must not contain a "kwargs" entry. Points for thinking meta, though. :P',
    );
  for (const [name, value] of more) {
    if (keywords.has(name))
      fail(frame, `Entry "${name}" defined both as a keyword argument and in a "kwarg" entry.`);
    keywords.set(name, value);
  }
}
