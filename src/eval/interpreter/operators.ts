import type { BinaryOperator } from '../../lang/tree.ts';
import type { Call } from '../call.ts';
import { lookInto } from '../look-into.ts';
import { joinTexts } from '../option-texts.ts';
import {
  type Dictionary,
  force,
  type Integer,
  isDictionary,
  isInteger,
  isList,
  type Known,
  type List,
  type Value,
} from '../value.ts';
import { admitted } from './admitted.ts';
import { builtinsOf } from './builtins.ts';
import { equalValues } from './equal-values.ts';
import { calculate, type IntegerOperator, isHuge, negated } from './integers.ts';
import { operandName, showHolder, showValue, typeName } from './show-value.ts';

/** An operator as messages name it: those of the language, and what brackets and conditions do. */
type OperatorName = BinaryOperator | '[]' | 'bool()' | 'uminus' | 'not';

/** Two operands as given; `plusAssign` for `+=`, which adds a value that is not a list without a warning. */
export interface Operation {
  readonly operator: BinaryOperator;
  readonly left: Known;
  readonly right: Known;
  readonly plusAssign?: true;
}

/** The common cases that nothing can be wrong with; undefined for all others. */
export function operateQuickly(
  operator: BinaryOperator,
  left: Known,
  right: Known,
): string | number | boolean | undefined {
  if (typeof left === 'boolean' && (operator === 'and' || operator === 'or'))
    return typeof right === 'boolean' ? right : undefined;
  if (typeof left !== typeof right) return undefined;
  // Of two paths it is noted that they were compared.
  if (typeof left === 'string' && left.includes('/')) return undefined;
  const isScalar = typeof left === 'string' || typeof left === 'number';
  if (operator === '==') return isScalar || typeof left === 'boolean' ? left === right : undefined;
  if (operator === '!=') return isScalar || typeof left === 'boolean' ? left !== right : undefined;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (operator !== '+' && operator !== '-') return undefined;
  const sum = operator === '+' ? left + right : left - right;
  return Number.isSafeInteger(sum) ? sum : undefined;
}

/** What a binary operator gives (`and` and `or` are the interpreter's own). */
export function operate(call: Call, operation: Operation): Value {
  switch (operation.operator) {
    case '==':
      return areEqual(call, operation);
    case '!=':
      return !areEqual(call, operation);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compareOrder(call, operation);
    case 'in':
      return contains(call, operation);
    case 'not in':
      return !contains(call, operation);
    case '+':
      return add(call, operation);
    default:
      return arithmetic(call, operation);
  }
}

function unsupported(call: Call, operator: OperatorName, value: Value): never {
  const { text } = showHolder(call.evaluation, value);
  const hint = operator === 'bool()' || operator === 'not' ? comparison(value) : undefined;
  return call.fail(
    `Object ${text} of type ${operandName(value)} does not support the \`${operator}\` operator.`,
    hint === undefined ? {} : { hint },
  );
}

/** What stands for a condition in other languages is compared here. */
function comparison(value: Value): string | undefined {
  if (isInteger(value)) return 'A condition is true or false: compare the number, "… != 0".';
  if (typeof value === 'string')
    return 'A condition is true or false: compare the text, "… != \'\'".';
  return isList(value) ? 'A condition is true or false: compare the list, "… != []".' : undefined;
}

/** An operand that the one before the operator (of `in`: the one behind it) cannot be put together with. */
interface Refused {
  readonly operator: OperatorName;
  readonly left: Value;
  readonly right: Value;
}

function refuse(call: Call, { operator, left, right }: Refused): never {
  const shown = showValue(call.evaluation, right);
  const word = isTyped(operator, left) ? '' : ' operator';
  return call.fail(
    `The \`${operator}\`${word} of ${operandName(left)} does not accept objects of type ${typeName(right)} (${shown})`,
  );
}

/** Whether Meson checks an operator by declaration: the message then lacks the word "operator". */
function isTyped(operator: OperatorName, left: Value): boolean {
  if (operator === 'in' || operator === 'not in') return typeof left === 'string';
  return operator === '[]' || operator === '/' || operator === '%';
}

/** A number, or a boolean that Python would take for one. */
function asInteger(call: Call, value: Value): Integer | undefined {
  if (isInteger(value)) return value;
  if (typeof value !== 'boolean') return undefined;
  call.usesBroken(
    'int operations with non-int',
    '1.2.0',
    'It is not commutative and only worked because of leaky Python abstractions.',
  );
  return Number(value);
}

function areEqual(call: Call, operation: Operation): boolean {
  const { operator, left, right } = operation;
  const name = typeName(left);
  const other = typeName(right);
  lookInto(call, left, right);
  if (name !== other) {
    const primitive = typeof left !== 'object' || isList(left) || isDictionary(left);
    if (primitive && !(isInteger(left) && asInteger(call, right) !== undefined))
      refuse(call, operation);
    if (!primitive)
      call.fail(
        `\nTrying to compare values of different types (${operandName(left)}, ${other}) using ${operator}.\nThis was deprecated and undefined behavior previously and is as of 0.60.0 a hard error.\n`,
      );
  }
  return equalValues(left, right);
}

function compareOrder(call: Call, operation: Operation): boolean {
  const { operator, left, right } = operation;
  if (typeof left === 'string') {
    if (typeof right !== 'string') return refuse(call, operation);
    lookInto(call, left, right);
    return ordered(operator, comparePoints(left, right));
  }
  if (isInteger(left)) {
    const number = asInteger(call, right);
    return number === undefined
      ? refuse(call, operation)
      : ordered(operator, left < number ? -1 : left > number ? 1 : 0);
  }
  return unsupported(call, operator, left);
}

/** By code point, not by code unit, as Python orders. */
function comparePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function ordered(operator: BinaryOperator, order: number): boolean {
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function contains(call: Call, { operator, left: part, right: whole }: Operation): boolean {
  lookInto(call, whole, part);
  if (isList(whole)) return whole.some((item) => equalValues(item, part));
  if (isDictionary(whole))
    return typeof part === 'string'
      ? whole.has(part)
      : refuse(call, { operator, left: whole, right: part });
  if (typeof whole === 'string') {
    call.uses(`"${operator}" string operator`, '1.0.0');
    return typeof part === 'string'
      ? whole.includes(part)
      : refuse(call, { operator, left: whole, right: part });
  }
  return unsupported(call, operator, whole);
}

function add(call: Call, operation: Operation): Value {
  const { left, right } = operation;
  if (typeof left === 'string') {
    if (typeof right !== 'string') return refuse(call, operation);
    return admitted(call, left + right);
  }
  if (isInteger(left)) {
    const number = asInteger(call, right);
    return number === undefined
      ? refuse(call, operation)
      : notHuge(call, calculate('+', left, number));
  }
  if (isList(left)) {
    const more: List = isList(right) ? right : [right];
    if (!isList(right) && operation.plusAssign !== true)
      call.uses('list.<plus>', '0.60.0', 'The right hand operand was not a list.');
    return joined(call, [...left, ...more], [left, more]);
  }
  if (isDictionary(left))
    return isDictionary(right)
      ? joined(call, new Map([...left, ...right]), [left, right])
      : refuse(call, operation);
  return unsupported(call, '+', left);
}

/** A list or dictionary that is not too large. */
function joined(call: Call, value: List | Dictionary, parts: readonly [Value, Value]): Value {
  const complaint = call.evaluation.limits.complaintOfSum(value, parts);
  return complaint === undefined ? value : call.fail(complaint);
}

/** A sum or the like that is not so large that nobody could have meant it. */
function notHuge(call: Call, value: Integer): Integer {
  return isHuge(value) ? call.fail('The number is too large.') : value;
}

function arithmetic(call: Call, operation: Operation): Value {
  const { operator, left, right } = operation;
  if (typeof left === 'string' && operator === '/') {
    if (typeof right !== 'string') return refuse(call, operation);
    call.uses('/ with string arguments', '0.49.0');
    return joinTexts(call.evaluation, [left, right]);
  }
  if (!isInteger(left) || !isOfNumbers(operator)) return unsupported(call, operator, left);
  const number = asInteger(call, right);
  if (number === undefined) return refuse(call, operation);
  const divides = operator === '/' || operator === '%';
  if (divides && number === 0) return call.fail('Tried to divide by 0');
  return notHuge(call, calculate(operator, left, number));
}

function isOfNumbers(operator: BinaryOperator): operator is IntegerOperator {
  return operator === '-' || operator === '*' || operator === '/' || operator === '%';
}

/** A condition's value. */
export function truth(call: Call, value: Known): boolean {
  return typeof value === 'boolean' ? value : unsupported(call, 'bool()', value);
}

/** `not value`. */
export function negation(call: Call, value: Known): boolean {
  return typeof value === 'boolean' ? !value : unsupported(call, 'not', value);
}

/** `-value`. */
export function minus(call: Call, value: Known): Integer {
  return isInteger(value) ? negated(value) : unsupported(call, 'uminus', value);
}

/** `object[index]`. */
export function indexed(call: Call, object: Known, index: Value): Value {
  const key = force(index);
  if (isDictionary(object)) {
    if (typeof key !== 'string') return refuse(call, { operator: '[]', left: object, right: key });
    if (!object.has(key)) return call.fail(`Key ${key} is not in the dictionary.`);
    return object.get(key);
  }
  if (isList(object) || typeof object === 'string') {
    const at = typeof key === 'boolean' ? Number(key) : key;
    if (!isInteger(at)) return refuse(call, { operator: '[]', left: object, right: key });
    if (typeof object === 'string') lookInto(call, object);
    const items = isList(object) ? object : [...object];
    const where = at < 0 ? Number(at) + items.length : Number(at);
    if (where < 0 || where >= items.length) {
      const what = isList(object) ? 'array' : 'string';
      return call.fail(`Index ${at} out of bounds of ${what} of size ${items.length}.`);
    }
    return items[where];
  }
  if (typeof object === 'object') {
    const table = builtinsOf(call.evaluation).methods.find(({ type }) => type === object.type);
    // A table indexes the objects of its own type.
    if (table?.index !== undefined) return table.index(call, object as never, key);
  }
  return unsupported(call, '[]', object);
}
