import { posix } from 'node:path';
import type { BinaryOperator } from '../../lang/tree.ts';

/** What can be told of a value without running anything. Printed as `unknown` where it cannot. */
export type StaticValue =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'file'; readonly subdir: string; readonly path: string }
  | string
  | number
  | boolean
  | readonly StaticValue[]
  | ReadonlyMap<string, StaticValue>;

export const unknown: StaticValue = { kind: 'unknown' };

/** Whether only a setup could tell the value. */
export function isUnknown(value: StaticValue): boolean {
  return kindOf(value) === 'unknown';
}

function isList(value: StaticValue): value is readonly StaticValue[] {
  return Array.isArray(value);
}

function isMap(value: StaticValue): value is ReadonlyMap<string, StaticValue> {
  return value instanceof Map;
}

function kindOf(value: StaticValue): string {
  if (isList(value)) return 'list';
  if (isMap(value)) return 'map';
  return typeof value === 'object' ? value.kind : typeof value;
}

/** Lists in lists become one. */
export function flat(value: StaticValue): readonly StaticValue[] {
  return isList(value) ? value.flatMap(flat) : [value];
}

/** The value of an operation, unknown where a side is, or where it would be an error. */
export function operate(
  operator: BinaryOperator,
  left: StaticValue,
  right: StaticValue,
): StaticValue {
  if (operator === '+') return add(left, right);
  if (isUnknown(left) || isUnknown(right)) return unknown;
  switch (operator) {
    case 'or':
      return left === true || right === true;
    case 'and':
      return left === true && right === true;
    case '==':
      return same(left, right);
    case '!=':
      return !same(left, right);
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    case '/':
      if (typeof left === 'string' && typeof right === 'string') {
        return posix.isAbsolute(right) ? right : posix.join(left, right);
      }
  }
  return typeof left === 'number' && typeof right === 'number'
    ? calculate(operator, left, right)
    : unknown;
}

function add(left: StaticValue, right: StaticValue): StaticValue {
  if (isList(left)) return [...left, ...(isList(right) ? right : [right])];
  if (isList(right) && isUnknown(left)) return [left, ...right];
  if (isMap(left) && isMap(right)) return new Map([...left, ...right]);
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  return typeof left === 'number' && typeof right === 'number' ? left + right : unknown;
}

function calculate(operator: BinaryOperator, left: number, right: number): StaticValue {
  switch (operator) {
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? unknown : Math.floor(left / right);
    case '%':
      return right === 0 ? unknown : left - right * Math.floor(left / right);
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return unknown;
  }
}

function same(left: StaticValue, right: StaticValue): boolean {
  return JSON.stringify(shown(left)) === JSON.stringify(shown(right));
}

function contains(whole: StaticValue, part: StaticValue): boolean {
  if (isList(whole)) return whole.some((item) => same(item, part));
  if (isMap(whole)) return typeof part === 'string' && whole.has(part);
  return typeof whole === 'string' && typeof part === 'string' && whole.includes(part);
}

/** As JSON has it. */
export function shown(value: StaticValue): unknown {
  if (isList(value)) return value.map(shown);
  if (isMap(value)) return Object.fromEntries([...value].map(([key, each]) => [key, shown(each)]));
  if (typeof value !== 'object') return value;
  return value.kind === 'unknown' ? 'unknown' : posix.join(value.subdir, value.path);
}

/** `object[index]`, as far as it is known. */
export function element(object: StaticValue, index: StaticValue): StaticValue {
  if (isList(object) && typeof index === 'number') return object.at(index) ?? unknown;
  if (typeof object === 'string' && typeof index === 'number') return object.at(index) ?? unknown;
  if (isMap(object) && typeof index === 'string') return object.get(index) ?? unknown;
  return unknown;
}

/** The value of a method call; unknown for objects and for methods that need a machine. */
export function callMethod(
  object: StaticValue,
  name: string,
  args: readonly StaticValue[],
): StaticValue {
  if (args.some(isUnknown)) return unknown;
  if (typeof object === 'string') return textMethod(object, name, args);
  if (isList(object)) return listMethod(object, name, args);
  if (isMap(object)) return mapMethod(object, name, args);
  if (name === 'to_string' && (typeof object === 'number' || typeof object === 'boolean')) {
    return String(object);
  }
  if (name === 'to_int' && typeof object === 'boolean') return object ? 1 : 0;
  if (typeof object === 'number' && name === 'is_even') return object % 2 === 0;
  if (typeof object === 'number' && name === 'is_odd') return object % 2 !== 0;
  return unknown;
}

function textMethod(text: string, name: string, args: readonly StaticValue[]): StaticValue {
  const [first, second] = args;
  const given = typeof first === 'string' ? first : undefined;
  switch (name) {
    case 'format':
      return text.replace(/@(\d+)@/g, (whole, at: string) => {
        const value = args[Number(at)];
        return value === undefined ? whole : String(shown(value));
      });
    case 'strip':
      return text.trim();
    case 'to_upper':
      return text.toUpperCase();
    case 'to_lower':
      return text.toLowerCase();
    case 'underscorify':
      return text.replace(/[^a-zA-Z0-9]/g, '_');
    case 'to_int':
      return Number.isNaN(Number(text)) ? unknown : Number(text);
    case 'split':
      return given === undefined ? text.split(/\s+/).filter(Boolean) : text.split(given);
    case 'splitlines':
      return text.split(/\r?\n/);
    case 'join':
      return flat([...args])
        .map(String)
        .join(text);
    case 'replace':
      return given === undefined ? unknown : text.replaceAll(given, String(second ?? ''));
    case 'startswith':
      return given === undefined ? unknown : text.startsWith(given);
    case 'endswith':
      return given === undefined ? unknown : text.endsWith(given);
    case 'contains':
      return given === undefined ? unknown : text.includes(given);
    case 'length':
      return text.length;
    case 'substring':
      return text.slice(Number(first ?? 0), second === undefined ? undefined : Number(second));
    default:
      return unknown;
  }
}

function listMethod(
  list: readonly StaticValue[],
  name: string,
  [first, second]: readonly StaticValue[],
): StaticValue {
  if (name === 'length') return list.length;
  if (name === 'contains' && first !== undefined) return contains(list, first);
  if (name === 'get' && typeof first === 'number') return list.at(first) ?? second ?? unknown;
  return unknown;
}

function mapMethod(
  map: ReadonlyMap<string, StaticValue>,
  name: string,
  [first, second]: readonly StaticValue[],
): StaticValue {
  if (name === 'keys') return [...map.keys()].sort();
  if (name === 'values') return [...map.values()];
  if (typeof first !== 'string') return unknown;
  if (name === 'has_key') return map.has(first);
  return name === 'get' ? (map.get(first) ?? second ?? unknown) : unknown;
}
