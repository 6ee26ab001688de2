import { unreachable } from '../../base/assert.ts';
import { exactInteger } from '../../base/exact-integer.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { OptionDeclaration, OptionType, OptionValue } from '../../model/option.ts';
import { listOfText, notAllStrings } from './list-value.ts';
import type { GivenValue } from './option-key.ts';

/** A given value as its option holds it, or what is wrong with it in Meson's words. */
export function validateOption(
  { name, type }: Pick<OptionDeclaration, 'name' | 'type'>,
  value: GivenValue,
  warn: (message: string) => void = () => undefined,
): Result<OptionValue, string> {
  switch (type.kind) {
    case 'string':
      return typeof value === 'string'
        ? ok(value)
        : err(`The value of option "${name}" is "${show(value)}", which is not a string.`);
    case 'boolean':
      return readBoolean(name, value);
    case 'integer':
    case 'umask':
      return readInteger(name, type, value);
    case 'feature':
      return readChoice(name, ['enabled', 'disabled', 'auto'], value);
    case 'combo':
      return type.standards === undefined
        ? readChoice(name, type.choices, value)
        : readStandard(name, { choices: type.choices, ...type.standards }, value);
    case 'array':
      return readList({ name, type }, value, warn);
    default:
      return unreachable(type);
  }
}

/** A value as Python writes it in a message. */
function show(value: GivenValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object'
    ? `[${value.map((item) => `'${item}'`).join(', ')}]`
    : String(value);
}

function readBoolean(name: string, value: GivenValue): Result<OptionValue, string> {
  if (typeof value === 'boolean') return ok(value);
  if (typeof value !== 'string')
    return err(`Option "${name}" value ${show(value)} cannot be converted to a boolean`);
  if (value.toLowerCase() === 'true') return ok(true);
  if (value.toLowerCase() === 'false') return ok(false);
  return err(`Option "${name}" value ${value} is not boolean (true or false).`);
}

function readInteger(
  name: string,
  type: Extract<OptionType, { readonly kind: 'integer' | 'umask' }>,
  value: GivenValue,
): Result<OptionValue, string> {
  if (type.kind === 'umask' && value === 'preserve') return ok('preserve');
  let number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number === 'string') {
    const text = number.trim();
    if (type.kind === 'umask') {
      if (!/^(0o)?[0-7]+$/i.test(text))
        return err(
          `Invalid mode for option "${name}" invalid literal for int() with base 8: '${number}'`,
        );
      number = Number.parseInt(text.replace(/^0o/i, ''), 8);
    } else if (/^[+-]?\d+(_\d+)*$/.test(text)) number = exactInteger(text.replaceAll('_', ''));
    else
      return err(`Value string "${number}" for option "${name}" is not convertible to an integer.`);
  }
  if (typeof number !== 'number' && typeof number !== 'bigint')
    return err(`Value ${show(value)} for option "${name}" is not an integer.`);
  const [min, max] = type.kind === 'umask' ? [0, 0o777] : [type.min, type.max];
  if (min !== undefined && number < min)
    return err(`Value ${number} for option "${name}" is less than minimum value ${min}.`);
  if (max !== undefined && number > max)
    return err(`Value ${number} for option "${name}" is more than maximum value ${max}.`);
  return ok(number);
}

function readChoice(
  name: string,
  choices: readonly string[],
  value: GivenValue,
): Result<OptionValue, string> {
  if (typeof value === 'string' && choices.includes(value)) return ok(value);
  const kinds: Record<string, string> = { boolean: 'boolean', number: 'number', bigint: 'number' };
  const kind = kinds[typeof value] ?? 'string';
  const list = choices.map((choice) => `"${choice}"`).join(', ');
  return err(
    `Value "${show(value)}" (of type "${kind}") for option "${name}" is not one of the choices. Possible choices are (as string): ${list}.`,
  );
}

function listed(
  name: string,
  value: GivenValue,
  form: Parameters<typeof listOfText>[1] = {},
): Result<readonly string[], string> {
  if (typeof value === 'object') return ok(value);
  if (typeof value !== 'string')
    return err(`error in option "${name}": Value "${show(value)}" is not a string or an array.`);
  const read = listOfText(value, form);
  if (read.ok) return read;
  return read.error === notAllStrings
    ? err(`String array element "${value}" for option "${name}" is not a string.`)
    : err(`error in option "${name}": ${read.error}`);
}

function readStandard(
  name: string,
  {
    choices,
    language,
    known,
  }: {
    readonly choices: readonly string[];
    readonly language: string;
    readonly known: readonly string[];
  },
  value: GivenValue,
): Result<OptionValue, string> {
  const candidates = listed(name, value);
  if (!candidates.ok) return candidates;
  const list = (items: readonly string[]): string =>
    `[${items.map((one) => `'${one}'`).join(', ')}]`;
  const unknown = candidates.value.filter((one) => !known.includes(one));
  if (unknown.length > 0)
    return err(
      `Unknown option "${name}" value ${unknown.join(',')}. Possible values are ${list(known)}.`,
    );
  const chosen = candidates.value.find((one) => choices.includes(one));
  if (chosen !== undefined) return ok(chosen);
  return err(
    `None of values ${list(candidates.value)} are supported by the ${language.toUpperCase()} compiler. Possible values for option "${name}" are ${list(choices)}`,
  );
}

function readList(
  {
    name,
    type,
  }: { readonly name: string; readonly type: Extract<OptionType, { readonly kind: 'array' }> },
  value: GivenValue,
  warn: (message: string) => void,
): Result<OptionValue, string> {
  const items = listed(name, value, { shellWords: type.shellWords });
  if (!items.ok) return items;
  if (!type.allowDuplicates && new Set(items.value).size !== items.value.length)
    warn(
      'Duplicated values in array option is deprecated. This will become a hard error in meson 2.0.',
    );
  const { choices } = type;
  if (choices !== undefined && choices.length > 0) {
    const bad = items.value.filter((item) => !choices.includes(item));
    if (bad.length > 0) {
      const [plural, verb] = bad.length === 1 ? ['', 'is'] : ['s', 'are'];
      return err(
        `Value${plural} "${bad.join(', ')}" for option "${name}" ${verb} not in allowed choices: "${choices.join(', ')}"`,
      );
    }
  }
  return items;
}
