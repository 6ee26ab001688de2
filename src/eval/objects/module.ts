import type { Module } from '../declare.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What `import()` gives. */
export interface ModuleObject extends ObjectValue {
  readonly name: string;
  /** Undefined for one that does not exist, where it was not required. */
  readonly module: Module | undefined;
}
export const moduleType = objectType<ModuleObject>('ModuleObjectHolder');
