import type { OptionDeclaration, OptionDeprecation, OptionType } from '../../model/option.ts';
import {
  type ArgumentType,
  bool,
  dictOf,
  exactInt,
  exactListOf,
  mismatch,
  oneOf,
  oneOfWords,
  str,
} from '../argument-type.ts';
import type { Call } from '../call.ts';
import {
  type Builtin,
  builtin,
  type KeywordValues,
  keyword,
  positional,
  requiredKeyword,
} from '../declare.ts';
import { bindArguments } from '../interpreter/bind-arguments.ts';
import type { Value } from '../value.ts';
import type { GivenValue } from './option-key.ts';
import { isReservedOption } from './option-kinds.ts';
import { validateOption } from './validate-option.ts';

const typeNames = ['array', 'boolean', 'combo', 'feature', 'integer', 'string'];

const deprecatedTypes = oneOf<boolean | string | ReadonlyMap<string, string> | readonly string[]>(
  bool,
  str,
  dictOf(str),
  exactListOf(str),
);

/** `option()`, without the keywords of single types. */
export const optionCall: Builtin = builtin({
  name: 'option',
  doc: 'Declares an option of the project.',
  positional: [positional('name', str, 'Its name.')],
  keywords: {
    type: requiredKeyword(str, 'Its type.', { check: oneOfWords(typeNames) }),
    description: keyword(str, '', 'What it is for.'),
    deprecated: keyword(deprecatedTypes, false, 'All of it, some values, or its new name.', {
      since: '0.60.0',
      sinceValues: [
        { feature: 'of type str', since: '0.63.0', used: (value) => typeof value === 'string' },
      ],
    }),
    yield: keyword(bool, false, 'Takes the value of the top project.', { since: '0.45.0' }),
  },
  anyKeywords: true,
  returns: 'void',
  run: () => undefined,
});

const exact = exactListOf(str);
const notEmpty: ArgumentType<readonly string[]> = {
  names: ['array[str] that cannot be empty'],
  read: (value) => {
    const read = exact.read(value);
    return read !== mismatch && read.length === 0 ? mismatch : read;
  },
};

interface Common {
  readonly name: string;
  readonly description: string;
  readonly common: Readonly<Record<string, unknown>>;
}

type Parser = (
  call: Call,
  common: Common,
  keywords: ReadonlyMap<string, Value>,
) => OptionDeclaration;

/** How each type of option reads its keywords. */
export const typeParsers: Readonly<Record<string, Parser>> = {
  string: parser('string', { value: keyword(str, '', '') }, (_call, { value }) => ({
    type: { kind: 'string' },
    value,
  })),
  boolean: parser(
    'boolean',
    {
      value: keyword<boolean | string>(oneOf<boolean | string>(bool, str), true, '', {
        check: (value) =>
          typeof value === 'boolean' || value === 'true' || value === 'false'
            ? undefined
            : 'boolean options must have boolean values',
        sinceValues: [oldText('use a boolean, not a string')],
      }),
    },
    (_call, { value }) => ({ type: { kind: 'boolean' }, value }),
  ),
  combo: parser(
    'combo',
    {
      value: keyword(str, undefined, ''),
      choices: requiredKeyword(notEmpty, ''),
    },
    (_call, { value, choices }) => {
      return { type: { kind: 'combo', choices }, value: value ?? choices[0] ?? '' };
    },
  ),
  integer: parser(
    'integer',
    {
      value: keyword<number | bigint | string>(
        oneOf<number | bigint | string>(exactInt, str),
        1,
        '',
        {
          sinceValues: [oldText('use an integer, not a string')],
        },
      ),
      min: keyword(exactInt, undefined, ''),
      max: keyword(exactInt, undefined, ''),
    },
    (_call, { value, min, max }) => ({
      type: {
        kind: 'integer',
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      },
      value,
    }),
  ),
  array: parser(
    'string array',
    {
      value: keyword(oneOf<readonly string[] | string>(exactListOf(str), str), undefined, ''),
      choices: keyword(exactListOf(str), [], ''),
    },
    (call, { value, choices }) => {
      if (typeof value === 'string') {
        if (!value.startsWith('[')) call.fail(`Value does not define an array: ${value}`);
        call.usesDeprecated('String value for array option', '1.3.0');
      }
      return {
        type: {
          kind: 'array',
          ...(choices.length === 0 ? {} : { choices }),
          shellWords: false,
          allowDuplicates: false,
        },
        value: value ?? choices,
      };
    },
  ),
  feature: parser(
    'feature',
    { value: keyword(str, 'auto', '', { check: oneOfWords(['auto', 'enabled', 'disabled']) }) },
    (_call, { value }) => ({ type: { kind: 'feature' }, value }),
  ),
};

function oldText(instead: string) {
  return {
    feature: 'of type str',
    deprecated: { since: '1.1.0', instead },
    used: (value: unknown): boolean => typeof value === 'string',
  };
}

function parser<K extends Builtin['keywords']>(
  kind: string,
  keywords: K,
  read: (
    call: Call,
    values: KeywordValues<K>,
  ) => { readonly type: OptionType; readonly value: GivenValue },
): Parser {
  const declared: Builtin = {
    ...optionCall,
    label: `${kind} option`,
    positional: [],
    keywords,
    anyKeywords: false,
  };
  return (call, { name, description, common }, given) => {
    if (/[^a-zA-Z0-9_-]/.test(name))
      call.fail('Option names can only contain letters, numbers or dashes.');
    if (isReservedOption(name)) call.fail(`Option name ${name} is reserved.`);
    const bound = bindArguments(call, declared, { positional: [], keywords: given });
    // Bound as `declared` says.
    const { type, value } = read(call, bound.keywords as KeywordValues<K>);
    const valid = validateOption({ name, type }, value, (message) => call.deprecated(message));
    if (!valid.ok) return call.fail(valid.error);
    const deprecated = deprecation(common['deprecated']);
    return {
      name,
      type,
      default: valid.value,
      description,
      section: 'user',
      yielding: common['yield'] === true,
      ...(deprecated === undefined ? {} : { deprecated }),
    };
  };
}

function deprecation(value: unknown): OptionDeprecation | undefined {
  if (value === true) return { kind: 'option' };
  if (typeof value === 'string') return { kind: 'renamed', to: value };
  if (value instanceof Map) return { kind: 'replaced-values', replacements: value };
  // As `optionCall` declares it.
  return Array.isArray(value) ? { kind: 'values', values: value as string[] } : undefined;
}
