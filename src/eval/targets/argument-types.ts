import { type ArgumentType, listOf, mismatch, object, oneOf, str } from '../argument-type.ts';
import { type FileObject, fileType } from '../objects/file.ts';
import { type GeneratedListObject, generatedListType } from '../objects/generator.ts';
import {
  type BothLibrariesObject,
  bothLibrariesType,
  buildTargetType,
  type CustomTargetIndexObject,
  customTargetIndexType,
  customTargetType,
  type ExtractedObjectsObject,
  executableType,
  extractedObjectsType,
  jarType,
  type StructuredSourcesObject,
  sharedLibraryType,
  staticLibraryType,
  structuredSourcesType,
  type TargetObject,
} from '../objects/target.ts';
import { force, isA, type ObjectType, type Value } from '../value.ts';

/** A list of at least one. */
export function nonEmptyListOf<T>(item: ArgumentType<T>): ArgumentType<readonly T[]> {
  const list = listOf(item);
  return {
    ...list,
    names: list.names.map((name) => `${name} that cannot be empty`),
    read: (value) => {
      const read = list.read(value);
      return read !== mismatch && read.length === 0 ? mismatch : read;
    },
  };
}

/** The half of `both_libraries` that counts where only one is meant. */
export function preferredHalf(both: BothLibrariesObject): TargetObject {
  return half(both, both.preferred === 'static' ? 'static' : 'shared');
}

/** One of the two libraries of `both_libraries()`. */
export function half(both: BothLibrariesObject, which: 'shared' | 'static'): TargetObject {
  return {
    type: which === 'shared' ? sharedLibraryType : staticLibraryType,
    target: both[which],
  };
}

/** A target of a type; `both_libraries` counts as its preferred half. */
export function targetOf(type: ObjectType<TargetObject>): ArgumentType<TargetObject> {
  return {
    names: [type.name],
    read: (value: Value) => {
      const known = force(value);
      const target = isA(known, bothLibrariesType) ? preferredHalf(known) : known;
      return isA(target, type) ? target : mismatch;
    },
  };
}

export const file = object(fileType);
export const strOrFile = oneOf<string | FileObject>(str, file);
export const buildTarget = targetOf(buildTargetType);
export const executable = targetOf(executableType);
export const jar = targetOf(jarType);
export const customTarget = targetOf(customTargetType);
export const customTargetIndex = object(customTargetIndexType);
export const generatedList = object(generatedListType);
export const extractedObjects = object(extractedObjectsType);

/** Sources of programs and libraries. Build targets and extracted objects are let through, and told of. */
export type TargetSource =
  | string
  | FileObject
  | TargetObject
  | CustomTargetIndexObject
  | GeneratedListObject
  | StructuredSourcesObject
  | ExtractedObjectsObject;

export const targetSource = oneOf<TargetSource>(
  str,
  file,
  customTarget,
  customTargetIndex,
  generatedList,
  object(structuredSourcesType),
  extractedObjects,
  buildTarget,
);

/** What may be linked. */
export type Linkable = BothLibrariesObject | TargetObject | CustomTargetIndexObject;

export const linkable = oneOf<Linkable>(
  object(bothLibrariesType),
  object(sharedLibraryType),
  object(staticLibraryType),
  object(customTargetType),
  customTargetIndex,
  object(jarType),
  object(executableType),
);

export const wholeLinkable = oneOf<Linkable>(
  object(bothLibrariesType),
  object(staticLibraryType),
  object(customTargetType),
  customTargetIndex,
);

/** One of a few words, in Meson's message. */
export function oneOfChoices(
  ...choices: readonly string[]
): (value: string | undefined) => string | undefined {
  return (value) =>
    value === undefined || choices.includes(value)
      ? undefined
      : `must be one of ${[...choices].sort().join(', ')}, not ${value}`;
}

/** What generators read. */
export type SourceInput =
  | string
  | FileObject
  | TargetObject
  | CustomTargetIndexObject
  | GeneratedListObject;

export const sourceInput = oneOf<SourceInput>(
  str,
  file,
  customTarget,
  customTargetIndex,
  generatedList,
);
