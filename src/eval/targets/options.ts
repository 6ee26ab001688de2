import type { MachineChoice } from '../../model/machine.ts';
import type { OptionDeclaration, OptionValue } from '../../model/option.ts';
import type { Call } from '../call.ts';
import { validateOption } from '../options/validate-option.ts';
import { type OptionGiven, type OptionsGiven, optionsOf } from './keywords/options.ts';

/** The value of an option in this project, or undefined when there is no such option. */
export function optionOf(
  { evaluation, scope }: Call,
  name: string,
  machine: MachineChoice = 'host',
): OptionValue | undefined {
  return evaluation.options.find({ name, subproject: scope.subproject, machine });
}

/** An option whose value is text, as all directories are. */
export function textOption(call: Call, name: string): string {
  return String(optionOf(call, name) ?? '');
}

/** `override_options` with the values that the options' own types give them. */
export function overridesOf(
  call: Call,
  given: OptionsGiven,
  machine: MachineChoice,
): ReadonlyMap<string, OptionValue> {
  return new Map(
    [...optionsOf(given)].map(([name, value]) => [
      name,
      overrideOf(call, { name, machine }, value),
    ]),
  );
}

/** With one choice alone (a compiler that knows no standards) nobody asks what was chosen. */
function asksNothing({ type }: OptionDeclaration): boolean {
  return type.kind === 'combo' && type.choices.length === 1;
}

function overrideOf(
  call: Call,
  key: { readonly name: string; readonly machine: MachineChoice },
  value: OptionGiven,
): OptionValue {
  const { evaluation, scope } = call;
  const option = evaluation.options.lookUp({ ...key, subproject: scope.subproject });
  if (option === undefined || asksNothing(option.declaration)) return value;
  const read = validateOption(option.declaration, value, (message) => call.warn(message));
  return read.ok ? read.value : call.fail(read.error);
}
