import { posix } from 'node:path';
import { pathBelow } from '../../base/path-below.ts';

/** Both are as short as they can be: to ask node for that would be most of the work. */
export function inFolder(folder: string, name: string): string {
  if (name === '.') return folder;
  return folder === '.' ? name : `${folder === '/' ? '' : folder}/${name}`;
}

/** How a file is called in a folder that it lies in. */
export function below(folder: string, path: string): string | undefined {
  if (folder === '.')
    return posix.isAbsolute(path) || /^\.\.(?:\/|$)/.test(path) ? undefined : path;
  return pathBelow(folder, path);
}
