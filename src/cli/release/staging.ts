import type { DistPlan } from '../../model/dist-plan.ts';
import type { Component } from '../../release/cyclonedx.ts';

/** A release archive's content while it is put together. */
export interface Staging {
  /** Absolute: becomes the archive's one folder. */
  readonly root: string;
  /** Absolute. */
  readonly sourceRoot: string;
  readonly plan: Pick<DistPlan, 'subprojects' | 'subprojectDir'>;
  /** Subprojects that are in the archive, by name, and their folder below the root. */
  readonly included: Map<string, string>;
  /** What is in it from elsewhere. */
  readonly components: Component[];
  readonly warn: (message: string) => void;
}
