import type { DependencyId } from '../../model/target.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** A dependency, found or not: the row is in the model's tables. */
export interface DependencyObject extends ObjectValue {
  readonly dependency: DependencyId;
  /** What overrides a name is a copy that has that name: of this one. */
  readonly original?: DependencyId;
}
export const dependencyType = objectType<DependencyObject>('Dependency');
/** What `declare_dependency()` gives: has methods of its own. */
export const internalDependencyType = objectType<DependencyObject>(
  'InternalDependency',
  dependencyType,
);
