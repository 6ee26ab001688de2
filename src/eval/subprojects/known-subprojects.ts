import type { MachineChoice } from '../../model/machine.ts';
import type { SubprojectObject } from '../objects/subproject.ts';
import { perEvaluation } from '../per-evaluation.ts';

/** The subprojects of a build that were asked for, by key. */
export const subprojectsOf = perEvaluation(() => new Map<string, SubprojectObject>());

/** A subproject may be there twice where build and host machine differ. */
export function subprojectKey(name: string, machine: MachineChoice): string {
  return machine === 'build' ? `${name} (for build machine)` : name;
}
