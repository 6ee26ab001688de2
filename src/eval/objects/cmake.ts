import type { TargetOptions } from '../cmake/target-options.ts';
import { type ObjectType, type ObjectValue, objectType } from '../value.ts';
import type { SubprojectObject } from './subproject.ts';

/** What `cmake.subproject()` gives. */
export interface CmakeSubprojectObject extends ObjectValue {
  readonly subproject: SubprojectObject;
}
export const cmakeSubprojectType = objectType<CmakeSubprojectObject>('CMakeSubproject');

/** What `cmake.subproject_options()` gives: its methods fill it. */
export interface CmakeOptionsObject extends ObjectValue {
  readonly type: ObjectType;
  /** `-DNAME=value` each. */
  arguments: readonly string[];
  targets: TargetOptions;
}
export const cmakeOptionsType = objectType<CmakeOptionsObject>('CMakeSubprojectOptions');
