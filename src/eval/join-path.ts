import { posix } from 'node:path';

/** Joins as Python's `os.path.join`: an absolute part starts anew; nothing is normalised. */
export function joinPath(...parts: readonly string[]): string {
  let result = '';
  for (const part of parts) {
    if (part.startsWith('/')) result = part;
    else if (result === '' || result.endsWith('/')) result += part;
    else result += `/${part}`;
  }
  return result;
}

/** Without `.`, `..` and doubled slashes; the empty string for the folder itself. */
export function normalPath(path: string): string {
  // Most paths have nothing to take out.
  if (!/(?:^|\/)\.{1,2}(?:\/|$)|\/\/|.\/$/.test(path)) return path;
  const normal = posix.normalize(path).replace(/(?<=.)\/$/, '');
  return normal === '.' ? '' : normal;
}
