import type { OptionDeclaration, OptionSection, OptionType, OptionValue } from './option.ts';

type Declare = (
  name: string,
  description: string,
  values: readonly [type: OptionType, initial: OptionValue],
) => OptionDeclaration;

/** What declares options of a section: `core('debug', 'Enable debug symbols', [boolean, true])`. */
export function optionIn(section: OptionSection): Declare {
  return (name, description, [type, initial]) => ({
    name,
    type,
    default: initial,
    description,
    section,
    yielding: false,
  });
}
