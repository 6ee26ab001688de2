import type { MachineChoice } from '../model/machine.ts';

/** Rules of tools for the build machine have names of their own. */
export function ruleSuffix(machine: MachineChoice): string {
  return machine === 'build' ? '_FOR_BUILD' : '';
}
