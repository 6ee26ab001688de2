import {
  type ArgumentType,
  bool,
  dictOf,
  exactListOf,
  int,
  listOf,
  object,
  oneOf,
  str,
} from '../argument-type.ts';
import type { Call } from '../call.ts';
import { keyword } from '../declare.ts';
import { type FeatureObject, featureType } from '../objects/feature.ts';
import { GivenOptions, type GivenValue, parseOptionKey } from '../options/option-key.ts';
import { isDictionary, type Value } from '../value.ts';

/** `required:` of functions that look for things. */
export const required = keyword(
  oneOf<boolean | FeatureObject>(bool, object(featureType)),
  true,
  'Whether its absence is an error; a feature option decides by its value.',
);

/** What `required:` comes to: a disabled feature means that nobody looks. */
export function readRequired(
  call: Call,
  value: boolean | FeatureObject,
  told = { feature: 'User option "feature"', since: '0.47.0' },
): {
  readonly required: boolean;
  /** The feature that is disabled. */
  readonly disabled: string | undefined;
} {
  if (typeof value === 'boolean') return { required: value, disabled: undefined };
  call.unplaced.uses(told.feature, told.since);
  if (value.value === 'disabled') return { required: false, disabled: value.name };
  return { required: value.value === 'enabled', disabled: undefined };
}

export const native = keyword(bool, false, 'For the build machine.');

type Options =
  | readonly string[]
  | ReadonlyMap<string, string | number | boolean | readonly string[]>;

const optionValue = oneOf<string | number | boolean | readonly string[]>(
  str,
  int,
  bool,
  exactListOf(str),
);
const optionsType: ArgumentType<Options> = {
  names: ['str', 'array[str]', 'dict[str | int | bool | list]'],
  read: (value: Value) => (isDictionary(value) ? dictOf(optionValue) : listOf(str)).read(value),
};

function splitOption(text: string): readonly [string, string] | undefined {
  const at = text.indexOf('=');
  return at === -1 ? undefined : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** `default_options:` and `override_options:`. */
export const optionsKeyword = keyword(optionsType, [], 'Values of options: `name=value`.', {
  check: (value) => {
    if (isDictionary(value)) return undefined;
    for (const item of value)
      if (splitOption(item) === undefined) return 'each value must be in the form "key=value"';
    return undefined;
  },
  sinceValues: [
    {
      feature: 'of type dict',
      since: '1.2.0',
      used: (value) => isDictionary(value),
    },
  ],
});

/** Options that a build file gives another project; a list has `NAME=VALUE`, and no value is an empty one. */
export function readOptions(given: Options): GivenOptions {
  const options = new GivenOptions();
  const entries: Iterable<readonly [string, GivenValue]> = isDictionary(given)
    ? given
    : given.map((item) => splitOption(item) ?? [item, '']);
  for (const [name, value] of entries) options.set(parseOptionKey(name), value);
  return options;
}

/** A keyword that takes texts. */
export const texts = (doc: string) => keyword(listOf(str), [], doc);
