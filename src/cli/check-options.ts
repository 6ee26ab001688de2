import { nearest } from '../base/nearest.ts';
import type { SetupState } from '../store/setup-state.ts';

/**
 * What is wrong with options that a configured build directory is to remember, in Meson's words. One that
 * it remembers already may be taken back, whatever it is.
 */
export function optionFault(
  state: SetupState,
  options: ReadonlyMap<string, string | undefined>,
  remembered: ReadonlyMap<string, string>,
): string | undefined {
  for (const [name, value] of options) {
    const taken = value === undefined && remembered.has(name);
    if (taken) continue;
    if (!isKnown(state, name)) return unknownOption(state, name);
    const wrong = value === undefined ? undefined : wrongValue(state, name, value);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function unknownOption({ options }: SetupState, name: string): string {
  const close = nearest(
    name,
    options.map((option) => option.name),
  );
  const hint = close === undefined ? '' : ` (did you mean "${close}"?)`;
  return `Unknown option: "${name}".${hint}`;
}

/** Options of subprojects that are not used may be set ahead. */
function isKnown({ options }: SetupState, name: string): boolean {
  const bare = name.replace(/^.*:/, '').replace(/^build\./, '');
  return name.includes(':') || options.some((each) => each.name === name || each.name === bare);
}

/** What is wrong with a value that cannot be one of its option; the next setup looks closer. */
function wrongValue({ options }: SetupState, name: string, value: string): string | undefined {
  const option = options.find((each) => each.name === name);
  if (option === undefined || Array.isArray(option.value)) return undefined;
  if (typeof option.value === 'boolean') {
    if (['true', 'false'].includes(value.toLowerCase())) return undefined;
    return `Option "${name}" value ${value} is not boolean (true or false).`;
  }
  if (option.choices.length === 0 || option.choices.includes(value)) return undefined;
  const choices = option.choices.map((choice) => `"${choice}"`).join(', ');
  return `Value "${value}" (of type "string") for option "${name}" is not one of the choices. Possible choices are (as string): ${choices}.`;
}
