import type { TargetId } from '../../model/target.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What `external_project.add_project()` gives. */
export interface ExternalProjectObject extends ObjectValue {
  /** Builds it and installs it into the build tree. */
  readonly target: TargetId;
  /** Absolute folders of what it installs there. */
  readonly includes: string;
  readonly libraries: string;
}
export const externalProjectType = objectType<ExternalProjectObject>('ExternalProject');
