import { nearest } from '../../base/nearest.ts';
import { baseOptions } from '../../toolchains/base-options.ts';
import { anything, str } from '../argument-type.ts';
import { builtin, positional, rest } from '../declare.ts';
import { type FeatureObject, featureType } from '../objects/feature.ts';
import { noteOptionText, optionTexts } from '../option-texts.ts';
import { parseOptionKey } from '../options/option-key.ts';

export const getOption = builtin({
  name: 'get_option',
  doc: 'The value of an option in this project.',
  positional: [positional('name', str, 'The name of the option.')],
  returns: 'str | bool | int | list | feature',
  run: (call, { positional: [name] }) => {
    const { evaluation, scope } = call;
    if (name.includes(':'))
      call.fail(
        'Having a colon in option name is forbidden, projects are not allowed to directly access options of other subprojects.',
      );
    const bare = name.includes('.') ? name.slice(name.indexOf('.') + 1) : name;
    if (/[^a-zA-Z0-9_-]/.test(bare)) call.fail(`Invalid option name '${name}'`);
    const key = { ...parseOptionKey(name), subproject: scope.subproject };
    const known = evaluation.options.lookUp(key);
    const base = baseOptions.find((option) => option.name === name);
    // A base option that no compiler has yet is worth its default.
    const declaration = known?.declaration ?? base;
    const value = known?.value ?? base?.default;
    if (declaration === undefined || value === undefined)
      return call.fail(
        scope.subproject === ''
          ? `Option ${name} does not exist.`
          : `Option ${name} does not exist for subproject ${scope.subproject}.`,
        similar(name, evaluation.options.names()),
      );
    if (declaration.type.kind === 'feature') {
      const automatic = evaluation.options.get({
        ...key,
        subproject: undefined,
        name: 'auto_features',
      });
      // A feature is one of its three words.
      const word = (
        value === 'auto' && name !== 'auto_features' ? automatic : value
      ) as FeatureObject['value'];
      return { type: featureType, name, value: word } satisfies FeatureObject;
    }
    if (name === 'b_sanitize' && Array.isArray(value))
      return value.length === 0 ? 'none' : [...value].sort().join(',');
    if (typeof value === 'string') noteOptionText(optionTexts(evaluation), name, value);
    if (declaration.type.kind === 'umask' && typeof value === 'number') return value;
    return value;
  },
});

function similar(name: string, known: readonly string[]): { readonly hint?: string } {
  const close = nearest(name, known);
  return close === undefined ? {} : { hint: `Did you mean '${close}'?` };
}

/** Only in option files. */
export const option = builtin({
  name: 'option',
  doc: 'Declares an option; in meson.options only.',
  rest: rest('name', anything, 'Its name.'),
  anyKeywords: true,
  returns: 'void',
  run: (call) =>
    call.fail(
      'Tried to call option() in build description file. All options must be in the option file.',
    ),
});
