import { type ObjectType, type ObjectValue, objectType, type Value } from '../value.ts';
import type { DependencyObject } from './dependency.ts';

/** Sources and dependencies that come with some conditions, or with their failure. */
export interface SourceSetRule {
  readonly keys: readonly string[];
  readonly conditions: readonly DependencyObject[];
  readonly sources: readonly Value[];
  readonly dependencies: readonly DependencyObject[];
  readonly sets: readonly SourceSetObject[];
  readonly sourcesIfFalse: readonly Value[];
  readonly dependenciesIfFalse: readonly DependencyObject[];
}

/** What a source set comes to: in order, each once. */
export interface ChosenSources {
  readonly sources: Set<Value>;
  readonly dependencies: Set<DependencyObject>;
}

export const sourceSetType: ObjectType<SourceSetObject> = objectType('SourceSet');

/** `source_set()`: grows until it is first asked what it holds. Assignment copies it. */
export class SourceSetObject implements ObjectValue {
  readonly type: ObjectType = sourceSetType;
  readonly #rules: SourceSetRule[];
  frozen = false;

  constructor(rules: readonly SourceSetRule[] = []) {
    this.#rules = [...rules];
  }

  get rules(): readonly SourceSetRule[] {
    return this.#rules;
  }

  add(rule: SourceSetRule): void {
    this.#rules.push(rule);
  }

  clone(): SourceSetObject {
    const copy = new SourceSetObject(this.#rules);
    copy.frozen = this.frozen;
    return copy;
  }
}

/** What `apply()` gives. */
export interface SourceFilesObject extends ObjectValue {
  readonly chosen: ChosenSources;
}
export const sourceFilesType = objectType<SourceFilesObject>('SourceFiles');
