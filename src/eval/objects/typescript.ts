import type { Place } from '../../diag/diagnostic.ts';
import type { TargetId } from '../../model/target.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What the typescript module's `dependencies()` gives: packages as the lock file has them. */
export interface TypescriptDependencies extends ObjectValue {
  /** Installs them. */
  readonly target: TargetId;
  /** Absolute: the folder of package.json. */
  readonly source: string;
  /** Absolute: where tools see that folder with the build's `node_modules`. */
  readonly mirror: string;
  /** What tools see in the folder `generated`, by name: all of them work in one mirror. */
  readonly generated: Map<string, GeneratedFile>;
}

interface GeneratedFile {
  readonly path: string;
  /** Where the first tool asked for it. */
  readonly place: Place;
}

export const typescriptDependenciesType =
  objectType<TypescriptDependencies>('TypescriptDependencies');
