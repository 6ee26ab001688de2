import { bool, dictOf, exactListOf, int, listOf, oneOf, str } from '../../argument-type.ts';
import { type Keyword, keyword } from '../../declare.ts';
import { isDictionary } from '../../value.ts';

export type OptionGiven = string | number | boolean | readonly string[];
export type OptionsGiven = string | readonly string[] | ReadonlyMap<string, OptionGiven>;

const plainValue = oneOf<OptionGiven>(str, int, bool, exactListOf(str));

/** `override_options`: `name=value` texts or a dictionary. */
export const overrideOptions: Keyword<OptionsGiven> = keyword(
  {
    names: ['str', 'array[str]', 'dict[str | int | bool | list]'],
    read: (value) => {
      const type = oneOf<OptionsGiven>(str, dictOf(plainValue), listOf(str));
      return type.read(value);
    },
  },
  new Map<string, OptionGiven>(),
  'Options for this target alone: name=value, or a dictionary.',
  {
    check: checkOptions,
    sinceValues: [
      { feature: 'of type dict', since: '1.2.0', used: (value) => isDictionary(value) },
    ],
  },
);

/** Options from a dictionary, a list of `NAME=VALUE` or one such text. */
export function optionsOf(given: OptionsGiven): ReadonlyMap<string, OptionGiven> {
  if (isDictionary(given)) return given;
  const texts = typeof given === 'string' ? [given] : [...given];
  return new Map(
    texts.map((text) => {
      const at = text.indexOf('=');
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function checkOptions(given: OptionsGiven): string | undefined {
  if (isDictionary(given)) return undefined;
  const texts = typeof given === 'string' ? [given] : [...given];
  const wrong = texts.find((text) => !text.includes('='));
  return wrong === undefined
    ? undefined
    : `"${wrong}" is not two string values separated by an "="`;
}
