import { builtinOptions, machineOptions } from '../model/builtin-options.ts';

/** Built-in options that `kaon setup` also takes as `--name`, and whether they are mere switches. */
export const optionSwitches: readonly { readonly name: string; readonly boolean: boolean }[] = [
  ...builtinOptions,
  ...machineOptions.map((option) => ({ ...option, name: `build.${option.name}` })),
].map(({ name, type }) => ({ name, boolean: type.kind === 'boolean' }));

/** `--warnlevel`, `--build.pkg-config-path`. */
export function argumentName(option: string): string {
  return option === 'warning_level' ? '--warnlevel' : `--${option.replaceAll('_', '-')}`;
}
