import type { EnvironmentChange } from '../../base/environment.ts';
import { type ArgumentType, flattened, mismatch, oneOfWords, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, keyword, optional } from '../declare.ts';
import { EnvironmentObject } from '../objects/environment.ts';
import { checkEnvironment } from '../targets/keywords/environment.ts';
import { force, isDictionary, isList, type Value } from '../value.ts';

/** `NAME=value`, a list of such, or a dictionary. */
export type EnvironmentGiven = string | readonly Value[] | ReadonlyMap<string, Value>;

export const environmentGiven: ArgumentType<EnvironmentGiven> = {
  names: ['str', 'list', 'dict'],
  read: (value) => {
    const known = force(value);
    return typeof known === 'string' || isList(known) || isDictionary(known) ? known : mismatch;
  },
};

export const methodKeyword = keyword(str, 'set', 'What is done with the values.', {
  since: '0.62.0',
  check: oneOfWords(['set', 'prepend', 'append']),
});
export const separatorKeyword = keyword(str, ':', 'Stands between several values.', {
  since: '0.62.0',
});

export const environment = builtin({
  name: 'environment',
  quietSince: '0.35.0',
  doc: 'Changes to the environment of a process.',
  positional: [optional('values', environmentGiven, 'Variables to begin with.')],
  keywords: { method: methodKeyword, separator: separatorKeyword },
  returns: 'env',
  keepsLists: true,
  run: (call, { positional: [given], keywords: { method, separator } }) => {
    if (given === undefined) return new EnvironmentObject();
    call.uses('environment positional arguments', '0.52.0');
    if (isDictionary(given) && [...given.values()].some(isList))
      call.uses('List of string in dictionary value', '0.62.0');
    return new EnvironmentObject(
      changesOf(call, given, { label: 'environment', method, separator }),
    );
  },
});

/** What is given, as changes; the method is checked to be one of its words. */
export function changesOf(
  call: Call,
  given: EnvironmentGiven,
  {
    label,
    method,
    separator,
  }: {
    /** The one that it is given to, in messages. */
    readonly label: string;
    readonly method: string;
    readonly separator: string;
  },
): readonly EnvironmentChange[] {
  const wrong = checkEnvironment(given);
  if (wrong !== undefined) call.fail(`"${label}": ${wrong}`);
  return pairs(given, separator).map(([name, value]): EnvironmentChange => {
    if (method === 'append' || method === 'prepend')
      return { kind: method, name, value, separator };
    return { kind: 'set', name, value };
  });
}

function pairs(given: EnvironmentGiven, separator: string): readonly (readonly [string, string])[] {
  const texts = (value: Value): readonly string[] => {
    const known = force(value);
    return (isList(known) ? [...flattened(known)] : [known]).map((one) => String(force(one)));
  };
  if (isDictionary(given))
    return [...given].map(([name, value]) => [name, texts(value).join(separator)]);
  return texts(given).map((text) => {
    const at = text.indexOf('=');
    return [text.slice(0, at), text.slice(at + 1)];
  });
}
