import type { ProjectScope } from '../project-scope.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What `subproject()` gives, and what is remembered of a subproject. */
export interface SubprojectObject extends ObjectValue {
  readonly name: string;
  /** The folder it lies in, as messages show it. */
  readonly subdir: string;
  readonly state:
    | { readonly kind: 'found'; readonly scope: ProjectScope; readonly version: string }
    | { readonly kind: 'disabled'; readonly feature: string }
    | { readonly kind: 'failed'; readonly reason: string };
  readonly warnings: number;
  /** The subprojects it was asked for from. */
  readonly stack: readonly string[];
}
export const subprojectType = objectType<SubprojectObject>('SubprojectHolder');
