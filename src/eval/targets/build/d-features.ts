import { relative } from 'node:path/posix';
import type { DFeatures } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { joinPath, normalPath } from '../../paths.ts';
import type { IncludeValue } from '../keywords/common.ts';
import { isWithin } from '../sandbox.ts';
import { includesOf } from './include-directories.ts';

interface Imported {
  readonly d_module_versions: readonly (string | number)[];
  readonly d_import_dirs: readonly IncludeValue[];
}

/** D's keywords of a target; undefined where they say nothing. */
export function dFeatures(
  call: Call,
  keywords: Imported & {
    readonly d_unittest: boolean;
    readonly d_debug: readonly (string | number)[];
  },
): DFeatures | undefined {
  const { d_unittest: unittest, d_debug: debug } = keywords;
  const imported = importedFeatures(call, keywords);
  if (!unittest && debug.length === 0 && imported === undefined) return undefined;
  return { unittest, debug: debug.map(String), versions: [], importDirectories: [], ...imported };
}

/** Those that a dependency has as well. */
export function importedFeatures(
  call: Call,
  { d_module_versions: versions, d_import_dirs: folders }: Imported,
): Pick<DFeatures, 'versions' | 'importDirectories'> | undefined {
  if (versions.length === 0 && folders.length === 0) return undefined;
  return {
    versions: versions.map(String),
    importDirectories: includesOf(
      call,
      folders.map((folder) => (typeof folder === 'string' ? fromHere(call, folder) : folder)),
    ),
  };
}

/** Old build files give whole paths, which are none for other folders. */
function fromHere(call: Call, folder: string): string {
  const { sourceRoot } = call.evaluation;
  const path = normalPath(folder);
  if (!isWithin(sourceRoot, path)) return folder;
  call.usesDeprecated(
    'Building absolute path to source dir is not supported',
    '0.45',
    'Use a relative path instead.',
  );
  return relative(joinPath(sourceRoot, call.scope.subdir), path) || '.';
}
