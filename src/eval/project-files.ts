import type { FileRef } from '../model/file.ts';
import type { Call } from './call.ts';
import { absolutePath, sourceFileAt } from './paths.ts';

/** A file as a build file names it, checked to be there and to be this project's own. */
export function existingFile(call: Call, path: string): FileRef {
  const file = sourceFileAt(call.evaluation, call.scope, path);
  checkSandbox(call, file.path, 'file');
  if (!call.evaluation.host.files.isFile(absolutePath(call.evaluation, file)))
    call.fail(`File ${path} does not exist.`);
  return file;
}

/** A (sub)project may not take files of another one by path. */
export function checkSandbox(call: Call, path: string, kind: 'file' | 'directory'): void {
  const { evaluation, scope } = call;
  const verb = kind === 'file' ? 'file' : 'directory';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (
    path.startsWith('/') &&
    !isInside(path, evaluation.sourceRoot) &&
    !isInside(path, scope.rootDir)
  )
    return;
  if (!isInside(path, scope.rootDir))
    call.fail(
      `Sandbox violation: Tried to grab ${verb} ${name} from outside current (sub)project.`,
    );
  const subprojects =
    scope.rootDir === ''
      ? evaluation.subprojectDir
      : `${scope.rootDir}/${evaluation.subprojectDir}`;
  if (isInside(path, subprojects) && !isInside(scope.rootDir, subprojects))
    call.fail(`Sandbox violation: Tried to grab ${verb} ${name} from a nested subproject.`);
}

/** Whether a path is a folder or lies in it; all is inside of the empty path but what leads out. */
export function isInside(path: string, folder: string): boolean {
  if (folder === '') return !path.startsWith('/') && path !== '..' && !path.startsWith('../');
  return path === folder || path.startsWith(`${folder}/`);
}
