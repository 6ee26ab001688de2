import { type ObjectValue, objectType } from '../value.ts';

export const defaultType = objectType<ObjectValue>('DefaultObject');

/** `default()`: an argument that counts as not given. */
export const defaultObject: ObjectValue = { type: defaultType };
