import { posix } from 'node:path';

/** Paths are POSIX throughout kaon. */
export const { basename, dirname, join, normalize } = posix;

/** Whether a path written in a wrap or an archive stays below the folder it is relative to. */
export function staysInside(path: string): boolean {
  return (
    path !== '' && !path.startsWith('/') && !/[\\\0]/.test(path) && !path.split('/').includes('..')
  );
}
