import type { EnvironmentChange } from '../../base/environment.ts';
import { type ObjectType, type ObjectValue, objectType } from '../value.ts';

export const environmentType: ObjectType<EnvironmentObject> = objectType('EnvironmentVariables');

/** What `environment()` gives: changes in the order they were asked for. Assignment copies it. */
export class EnvironmentObject implements ObjectValue {
  readonly type: ObjectType = environmentType;
  readonly #changes: EnvironmentChange[];

  constructor(changes: readonly EnvironmentChange[] = []) {
    this.#changes = [...changes];
  }

  get changes(): readonly EnvironmentChange[] {
    return this.#changes;
  }

  add(change: EnvironmentChange): void {
    this.#changes.push(change);
  }

  clone(): EnvironmentObject {
    return new EnvironmentObject(this.#changes);
  }
}
