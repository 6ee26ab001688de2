import type { Call } from './call.ts';
import { force, isList, type List, type Value } from './value.ts';

/**
 * To be called before the letters of texts decide something (not where they are only put together): a
 * setup that rests on how the path of its build directory reads is no guide for one elsewhere.
 */
export function lookInto({ evaluation }: Pick<Call, 'evaluation'>, ...values: Value[]): void {
  const { looksInto } = evaluation.host;
  if (looksInto !== undefined) for (const value of values) tell(looksInto, value);
}

/** What stands between the slashes of a text. That of the build directory counts only where it is looked at. */
export function partsOfPath({ evaluation }: Pick<Call, 'evaluation'>, text: string): List {
  const parts = text.split('/');
  const { buildRoot, host } = evaluation;
  if (!text.startsWith(`${buildRoot}/`)) {
    lookInto({ evaluation }, text);
    return parts;
  }
  const own = buildRoot.split('/').length;
  const watched: List = new Proxy(parts, {
    get: (_, key) => {
      if (typeof key === 'string' && Number(key) < own) host.looksInto?.(buildRoot);
      return Reflect.get(parts, key);
    },
  });
  // Weighed by its parts, it need not be gone through for that.
  evaluation.limits.complaintOfSum(watched, [parts, []]);
  return watched;
}

function tell(looksInto: (text: string) => void, value: Value): void {
  const known = force(value);
  if (typeof known === 'string') {
    if (known.includes('/')) looksInto(known);
  } else if (isList(known)) for (const item of known) tell(looksInto, item);
}
