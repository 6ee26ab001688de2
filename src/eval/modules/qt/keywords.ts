import { bool, listOf, object, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, requiredKeyword } from '../../declare.ts';
import { dependencyMethod } from '../../functions/dependency/method.ts';
import { dependencyType } from '../../objects/dependency.ts';
import type { FileObject } from '../../objects/file.ts';
import { includeDirectoriesType } from '../../objects/include-directories.ts';
import type { SourceInput } from '../../targets/argument-types.ts';
import {
  customTarget,
  customTargetIndex,
  file,
  generatedList,
  nonEmptyListOf,
} from '../../targets/argument-types.ts';
import type { IncludeValue } from '../../targets/keywords/common.ts';

export const method = dependencyMethod('How Qt is looked for.');
const qtFile = oneOf<SourceInput>(file, str, customTarget, customTargetIndex, generatedList);
export const sources = keyword(listOf(qtFile), [], 'The files.');
const isMade = (value: SourceInput): boolean =>
  typeof value === 'object' && ('target' in value || 'list' in value);
/** Sources of `preprocess`, where some kinds came late. */
export const oldSources = keyword(listOf(qtFile), [], 'The files.', {
  sinceValues: [
    {
      feature: 'of type array[CustomTargetIndex | GeneratedList]',
      since: '1.12',
      used: (values) =>
        values.some((one) => typeof one === 'object' && ('output' in one || 'list' in one)),
    },
  ],
});
export const textsOrFiles = (doc: string) =>
  keyword(listOf(oneOf<string | FileObject>(file, str)), [], doc);
export const someSources = requiredKeyword(nonEmptyListOf(qtFile), 'The files.');

/** Notes that a feature is used: sources that are made came after those that lie there. */
export function tellOfMade(call: Call, keyword: string, values: readonly SourceInput[]): void {
  if (values.some(isMade))
    call.uses(
      `qt.${call.name}: custom_target or generator for "${keyword}" keyword argument`,
      '0.60.0',
    );
}

export const preservePaths = keyword(bool, false, 'Keep the folders of the files.', {
  since: '1.4.0',
});
export const folders = keyword(
  listOf(oneOf<IncludeValue>(object(includeDirectoriesType), str)),
  [],
  'Where headers are looked for.',
);
export const dependencies = keyword(
  { ...listOf(object(dependencyType)), names: ['array[Dependency | ExternalLibrary]'] },
  [],
  'What the sources need.',
);
