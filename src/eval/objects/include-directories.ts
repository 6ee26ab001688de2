import type { IncludeDirectories } from '../../model/file.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What `include_directories()` gives. */
export interface IncludeDirectoriesObject extends ObjectValue {
  readonly directories: IncludeDirectories;
  /** As the build file wrote them, and where it stands: what `to_list()` shows. */
  readonly written?: { readonly subdir: string; readonly folders: readonly string[] };
}
export const includeDirectoriesType = objectType<IncludeDirectoriesObject>('IncludeDirs');
