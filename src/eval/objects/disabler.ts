import { type ObjectValue, objectType } from '../value.ts';

export const disablerType = objectType<ObjectValue>('Disabler');

/** `disabler()`: whatever touches it becomes one. */
export const disabler: ObjectValue = { type: disablerType };
