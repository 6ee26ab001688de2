import type { Files } from './host.ts';

/** A path without links; as it is where it cannot be followed. */
export function realPath(files: Pick<Files, 'realPath'>, path: string): string {
  const real = files.realPath(path);
  return real.ok ? real.value : path;
}
