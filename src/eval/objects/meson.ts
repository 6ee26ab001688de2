import type { Machine } from '../../model/machine.ts';
import { type ObjectValue, objectType } from '../value.ts';

export const mesonType = objectType<ObjectValue>('MesonMain');

/** The variable `meson`: what it says depends on who asks. */
export const mesonObject: ObjectValue = { type: mesonType };

/** `build_machine`, `host_machine`, `target_machine`. */
export interface MachineObject extends ObjectValue {
  readonly machine: Machine;
}
export const machineType = objectType<MachineObject>('MachineInfo');
