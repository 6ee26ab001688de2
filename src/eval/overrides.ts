import type { MachineChoice } from '../model/machine.ts';
import type { ProgramObject } from './objects/program.ts';
import { perEvaluation } from './per-evaluation.ts';

/** What `meson.override_find_program` said, by machine. */
export interface Overrides {
  /** Programs by name. */
  readonly programs: Map<string, ProgramObject>;
  /** Names that were looked for and found already: too late to override. */
  readonly searchedPrograms: Set<string>;
}

const overrides = perEvaluation(() => new Map<MachineChoice, Overrides>());

/** What `meson.override_find_program()` and its kin have set for a machine so far. */
export function overridesOf(
  evaluation: Parameters<typeof overrides>[0],
  machine: MachineChoice,
): Overrides {
  const which = evaluation.cross ? machine : 'host';
  const known = overrides(evaluation).get(which) ?? {
    programs: new Map(),
    searchedPrograms: new Set(),
  };
  overrides(evaluation).set(which, known);
  return known;
}
