import { force, isDictionary, isList, isObject, type ObjectValue, type Value } from '../value.ts';

/** Whether two values are the same to `==`, `in` and `contains`; objects by what they stand for. */
export function equalValues(left: Value, right: Value): boolean {
  const a = force(left);
  const b = force(right);
  if (a === b) return true;
  if (typeof a === 'boolean' && typeof b === 'number') return Number(a) === b;
  if (typeof a === 'number' && typeof b === 'boolean') return a === Number(b);
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, at) => equalValues(item, b[at]));
  if (isDictionary(a) && isDictionary(b)) {
    if (a.size !== b.size) return false;
    for (const [key, item] of a) if (!b.has(key) || !equalValues(item, b.get(key))) return false;
    return true;
  }
  return isObject(a) && isObject(b) && a.type === b.type && sameThing(a, b);
}

/** Objects that are only names of rows or files are equal when they name the same. */
function sameThing(a: ObjectValue, b: ObjectValue): boolean {
  const left = Object.entries(identified(a)).filter(([key]) => key !== 'written');
  const right = new Map<string, unknown>(Object.entries(identified(b)));
  if (left.length < 2) return false;
  return left.every(([key, value]) => {
    const other = right.get(key);
    if (key === 'type' || key === 'output') return value === other;
    if (key === 'target' || key === 'dependency') return value === other && isRow(value);
    if (key === 'file') return JSON.stringify(value) === JSON.stringify(other);
    return false;
  });
}

/** A dependency that overrides a name is a copy, and the same as what it is a copy of. */
function identified(object: ObjectValue): Readonly<Record<string, unknown>> {
  const { original, ...own } = { original: undefined, ...object };
  return original === undefined ? own : { ...own, dependency: original };
}

function isRow(value: unknown): boolean {
  return typeof value === 'number';
}
