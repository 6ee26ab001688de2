import { bool, listOf, object, oneOf, orNothing, str } from '../../argument-type.ts';
import { keyword, requiredKeyword } from '../../declare.ts';
import type { FileObject } from '../../objects/file.ts';
import type { GeneratedListObject } from '../../objects/generator.ts';
import { type ProgramObject, programType } from '../../objects/program.ts';
import type {
  CustomTargetIndexObject,
  ExtractedObjectsObject,
  TargetObject,
} from '../../objects/target.ts';
import {
  buildTarget,
  customTarget,
  customTargetIndex,
  extractedObjects,
  file,
  generatedList,
  nonEmptyListOf,
} from '../argument-types.ts';

/** Meson's messages call all programs so, those of the machine and those of this build. */
export const program = { ...object(programType), names: ['Program'] };

export type CommandValue =
  | string
  | TargetObject
  | CustomTargetIndexObject
  | ProgramObject
  | FileObject;

export const commandWord = oneOf<CommandValue>(
  str,
  buildTarget,
  customTarget,
  customTargetIndex,
  program,
  file,
);

export const command = requiredKeyword(
  nonEmptyListOf(commandWord),
  'The program and its arguments.',
);

export type InputValue =
  | string
  | FileObject
  | TargetObject
  | CustomTargetIndexObject
  | ExtractedObjectsObject
  | GeneratedListObject
  | ProgramObject;

export const inputs = listOf(
  oneOf<InputValue>(
    str,
    file,
    buildTarget,
    customTarget,
    customTargetIndex,
    extractedObjects,
    generatedList,
    program,
  ),
);

export type DependValue = TargetObject | CustomTargetIndexObject | ProgramObject;

export const depends = keyword(
  listOf(oneOf<DependValue>(buildTarget, customTarget, customTargetIndex, program)),
  [],
  'Targets that are made before.',
);

export const dependFiles = keyword(
  listOf(oneOf<string | FileObject>(file, str)),
  [],
  'Files whose change runs it again.',
);

export const depfile = keyword(
  orNothing(str),
  undefined,
  'File in which the command writes what it has read.',
  {
    check: (value) =>
      value?.includes('/') === true
        ? 'Depfile must be a plain filename with a subdirectory'
        : undefined,
  },
);

export const outputs = requiredKeyword(nonEmptyListOf(str), 'Names of the files that it makes.', {
  check: checkOutputs,
});

export const oneOutput = requiredKeyword(str, 'Name of the file that it makes.', {
  check: (name) => checkOutputs([name]),
});

export const capture = keyword(bool, false, 'What the command prints becomes the output.');

/** Why names cannot be the outputs of a target, in Meson's words; undefined where they can. */
export function checkOutputs(names: readonly string[]): string | undefined {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    return `contains '${twice}' multiple times, but no duplicates are allowed.`;
  for (const name of names) {
    if (name === '') return 'Output must not be empty.';
    if (name.trim() === '') return 'Output must not consist only of whitespace.';
    if (name.includes('/')) return `Output '${name}' must not contain a path segment.`;
    if (name.includes('@INPUT'))
      return `output '${name}' contains "@INPUT", which is invalid. Did you mean "@PLAINNAME@" or "@BASENAME@?`;
  }
  return undefined;
}
