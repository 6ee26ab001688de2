import type { Files } from '../host/host.ts';
import { join, staysInside } from './paths.ts';

/**
 * The absolute path of something that a wrap names below a folder, or undefined where the name or,
 * once links are followed, the thing itself lies outside.
 */
export function contained(files: Files, folder: string, name: string): string | undefined {
  if (!staysInside(name)) return undefined;
  const path = join(folder, name);
  const real = files.realPath(path);
  if (!real.ok) return path;
  const root = files.realPath(folder);
  return root.ok && real.value.startsWith(`${root.value}/`) ? path : undefined;
}
