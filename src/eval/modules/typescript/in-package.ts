import { posix } from 'node:path';
import type { Item } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import type { FileObject } from '../../objects/file.ts';
import type { TypescriptDependencies } from '../../objects/typescript.ts';
import { absolutePath, sourceFileAt } from '../../paths.ts';
import { fileItem } from '../../targets/sources.ts';

/** A file of the package: as an item, and its path below the package's folder. */
export function inPackage(
  call: Call,
  { source }: TypescriptDependencies,
  file: string | FileObject,
): { readonly file: Item; readonly path: string } {
  const ref =
    typeof file === 'string' ? sourceFileAt(call.evaluation, call.scope, file) : file.file;
  const absolute = absolutePath(call.evaluation, ref);
  if (!call.evaluation.host.files.isFile(absolute))
    call.fail(`File ${typeof file === 'string' ? file : ref.path} does not exist.`);
  const path = posix.relative(source, absolute);
  if (path.startsWith('..')) {
    call.fail(`File ${absolute} is not part of the package in ${source}`, {
      hint: 'The file must lie below the folder of package-lock.json.',
    });
  }
  return { file: fileItem(ref), path };
}

/** A folder of the package, as a path below the package's own. */
export function folderInPackage(
  call: Call,
  { source }: TypescriptDependencies,
  folder: string,
): string {
  const { evaluation, scope } = call;
  const absolute = posix.resolve(evaluation.sourceRoot, scope.subdir, folder);
  const path = posix.relative(source, absolute) || '.';
  if (!evaluation.host.files.isDirectory(absolute) || path.startsWith('..'))
    call.fail(`${absolute} is no folder of the package in ${source}`);
  return path;
}
