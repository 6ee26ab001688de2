import { builtinOptions, machineOptions } from '../../model/builtin-options.ts';
import type { OptionType } from '../../model/option.ts';

/** A built-in option that `kaon setup` also takes as `--name`. */
interface OptionSwitch {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly description: string;
  /** It is a mere switch. */
  readonly boolean: boolean;
  /** Other values are no words of a command line; any value may be right where this is absent. */
  readonly choices?: readonly string[];
}

export const optionSwitches: readonly OptionSwitch[] = [
  ...builtinOptions,
  ...machineOptions.map((option) => ({ ...option, name: `build.${option.name}` })),
].map(({ name, description, type }) => ({
  name,
  description,
  boolean: type.kind === 'boolean',
  ...choicesOf(type),
}));

function choicesOf(type: OptionType): Pick<OptionSwitch, 'choices'> {
  if (type.kind === 'feature') return { choices: ['enabled', 'disabled', 'auto'] };
  return type.kind === 'combo' ? { choices: type.choices } : {};
}

/** `--warnlevel`, `--build.pkg-config-path`. */
export function argumentName(option: string): string {
  return option === 'warning_level' ? '--warnlevel' : `--${option.replaceAll('_', '-')}`;
}
