import type { IncludeDirectories } from '../../model/file.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What `include_directories()` gives. */
export interface IncludeDirectoriesObject extends ObjectValue {
  readonly directories: IncludeDirectories;
}
export const includeDirectoriesType = objectType<IncludeDirectoriesObject>('IncludeDirs');
