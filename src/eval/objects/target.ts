import type { Item, TargetId } from '../../model/target.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** Any target, as objects stand for it: the row is in the model's tables. */
export interface TargetObject extends ObjectValue {
  readonly target: TargetId;
  /** A half of `both_libraries` that was asked for by itself: never taken for its twin. */
  readonly alone?: true;
  /** What starts its output where it is the program of a command: `node` for a bundled tool. */
  readonly runner?: readonly string[];
  /** Its output is of no use but to say that it ended well. */
  readonly onlyStamp?: true;
}

/** What `executable()` and the library functions give. */
export const buildTargetType = objectType<TargetObject>('BuildTarget');
/** What `executable()` gives; the others are named after their functions, too. */
export const executableType = objectType<TargetObject>('Executable', buildTargetType);
export const staticLibraryType = objectType<TargetObject>('StaticLibrary', buildTargetType);
export const sharedLibraryType = objectType<TargetObject>('SharedLibrary', buildTargetType);
export const sharedModuleType = objectType<TargetObject>('SharedModule', sharedLibraryType);
export const jarType = objectType<TargetObject>('Jar', buildTargetType);

/** What `both_libraries()` gives: counts as the one that `default_both_libraries` chooses. */
export interface BothLibrariesObject extends ObjectValue {
  readonly shared: TargetId;
  readonly static: TargetId;
  /** The half it stands for where only one is meant. */
  readonly preferred: 'shared' | 'static' | 'auto';
}
export const bothLibrariesType = objectType<BothLibrariesObject>('BothLibraries');

export const customTargetType = objectType<TargetObject>('CustomTarget');

/** One output of a custom target: `target[0]`. */
export interface CustomTargetIndexObject extends ObjectValue {
  readonly target: TargetId;
  readonly output: number;
}
export const customTargetIndexType = objectType<CustomTargetIndexObject>('CustomTargetIndex');

export const runTargetType = objectType<TargetObject>('RunTarget');
export const aliasTargetType = objectType<TargetObject>('AliasTarget');

/** Objects of a target: `extract_objects()`, `extract_all_objects()`. */
export interface ExtractedObjectsObject extends ObjectValue {
  readonly item: Item;
}
export const extractedObjectsType = objectType<ExtractedObjectsObject>('ExtractedObjects');

/** Rust's `structured_sources()`: folder below the crate's root → what lies there. */
export interface StructuredSourcesObject extends ObjectValue {
  readonly folders: readonly { readonly folder: string; readonly items: readonly Item[] }[];
}
export const structuredSourcesType = objectType<StructuredSourcesObject>('StructuredSources');
