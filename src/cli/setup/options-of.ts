import type { Model } from '../../model/model.ts';
import type {
  OptionDeclaration,
  OptionDeprecation,
  OptionKey,
  OptionValue,
} from '../../model/option.ts';
import { choicesOf } from '../../model/option.ts';
import type { StoredDeprecation, StoredOption } from '../../store/setup/setup-state.ts';

/** All options with their values, as `configure` lists them. */
export function optionsOf({ options }: Model): readonly StoredOption[] {
  return [...options.all()].map(({ key, declaration, value, ownValue }) => ({
    ...storedOption(optionName(key, declaration), declaration, value),
    ...(ownValue !== undefined && { ownValue }),
  }));
}

export function storedOption(
  name: string,
  declaration: OptionDeclaration,
  value: OptionValue,
): StoredOption {
  const { section, description, type, deprecated } = declaration;
  const row = { name, value, section, description, choices: choicesOf(declaration.type), type };
  return deprecated === undefined ? row : { ...row, deprecated: storedDeprecation(deprecated) };
}

function storedDeprecation(deprecated: OptionDeprecation): StoredDeprecation {
  return deprecated.kind === 'replaced-values'
    ? { ...deprecated, replacements: [...deprecated.replacements] }
    : deprecated;
}

/** How an option is deprecated, as it was before it was stored. */
export function readDeprecation(stored: StoredDeprecation): OptionDeprecation {
  return stored.kind === 'replaced-values'
    ? { ...stored, replacements: new Map(stored.replacements) }
    : stored;
}

/** `sub:build.name`; what only the main project has of an option that all share has a colon before it. */
function optionName(
  { name, subproject, machine }: OptionKey,
  { section }: OptionDeclaration,
): string {
  const own = machine === 'build' ? `build.${name}` : name;
  const isPlain = subproject === undefined || (subproject === '' && section === 'user');
  return isPlain ? own : `${subproject}:${own}`;
}
