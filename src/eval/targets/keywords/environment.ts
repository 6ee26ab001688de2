import type { EnvironmentChange } from '../../../base/environment.ts';
import { type ArgumentType, flattened, mismatch } from '../../argument-type.ts';
import { keyword } from '../../declare.ts';
import { reprWith } from '../../interpreter/show-value.ts';
import { type EnvironmentObject, environmentType } from '../../objects/environment.ts';
import { force, isA, isDictionary, isList, type Value } from '../../value.ts';

type Given = EnvironmentObject | string | readonly Value[] | ReadonlyMap<string, Value>;

const environmentValue: ArgumentType<Given> = {
  names: ['EnvironmentVariables', 'list', 'dict', 'str', 'NoneType'],
  read: (value) => {
    const known = force(value);
    if (typeof known === 'string' || isA(known, environmentType)) return known;
    return isList(known) || isDictionary(known) ? known : mismatch;
  },
};

/** `env`: an `environment()` object, `NAME=value` texts, or a dictionary. */
export const environment = keyword(
  environmentValue,
  undefined,
  'Environment of the command: environment(), NAME=value, or a dictionary.',
  { check: (value) => (value === undefined ? undefined : checkEnvironment(value)) },
);

/** What an `env` keyword asks for. */
export function environmentChanges(given: Given | undefined): readonly EnvironmentChange[] {
  if (given === undefined) return [];
  if (isA(given, environmentType)) return given.changes;
  if (isDictionary(given)) {
    return [...given].map(([name, value]) => ({
      kind: 'set',
      name,
      value: texts(value).join(':'),
    }));
  }
  return texts(given).map((text) => {
    const at = text.indexOf('=');
    return { kind: 'set', name: text.slice(0, at), value: text.slice(at + 1) };
  });
}

function texts(value: Value): readonly string[] {
  const known = force(value);
  const items = isList(known) ? [...flattened(known)] : [known];
  return items.map(force).filter((item) => typeof item === 'string');
}

/** What is wrong with an `env:` that a build file gives; undefined for one that can be used. */
export function checkEnvironment(value: Given): string | undefined {
  if (typeof value === 'string') return checkPair(value);
  if (isList(value)) {
    for (const item of flattened(value)) {
      const known = force(item);
      if (typeof known !== 'string')
        return `All array elements must be a string, not ${shown(known)}`;
      const wrong = checkPair(known);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  if (!isDictionary(value)) return undefined;
  for (const [name, item] of value) {
    const known = force(item);
    const items = isList(known) ? [...flattened(known)].map(force) : [known];
    if (items.some((one) => typeof one !== 'string'))
      return `Dictionary element ${name} must be a string or list of strings not ${shown(known)}`;
  }
  return undefined;
}

function checkPair(text: string): string | undefined {
  return text.includes('=') ? undefined : `"${text}" is not two string values separated by an "="`;
}

/** As Python shows it; objects by their type alone. */
function shown(value: Value): string {
  return reprWith(value, ({ type }) => `<${type.name}>`);
}
