import type { Call } from '../call.ts';
import { featureType } from '../objects/feature.ts';
import { force, isA, isDictionary, isInteger, isList, type Value } from '../value.ts';

type Teller = Pick<Call, 'uses'>;

/** A value as `message`, f-strings and `format` write it; undefined for what they do not take. */
export function stringify(call: Teller, value: Value): string | undefined {
  const known = force(value);
  if (typeof known === 'string') return known;
  if (typeof known === 'boolean' || isInteger(known)) return String(known);
  if (isList(known)) {
    const items = known.map((item) => quoted(call, item));
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  if (isDictionary(known)) {
    const entries: string[] = [];
    for (const [key, item] of known) {
      const text = quoted(call, item);
      if (text === undefined) return undefined;
      entries.push(`'${key}' : ${text}`);
    }
    return `{${entries.join(', ')}}`;
  }
  if (isA(known, featureType)) {
    call.uses('User option in string format', '1.3.0');
    return known.value;
  }
  return undefined;
}

/** The same within a list or dictionary, where texts have quotes around them. */
function quoted(call: Teller, value: Value): string | undefined {
  const known = force(value);
  return typeof known === 'string' ? `'${known}'` : stringify(call, known);
}

/** Said of other values. */
export const notPrintable =
  'Value other than strings, integers, bools, options, dictionaries and lists thereof.';
