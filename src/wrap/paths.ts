import { posix } from 'node:path';

/** Paths are POSIX throughout kaon. */
export const { basename, dirname, join } = posix;

/** Whether a path written in a wrap or an archive stays below the folder it is relative to. */
export function staysInside(path: string): boolean {
  return (
    path !== '' && !path.startsWith('/') && !/[\\\0]/.test(path) && !path.split('/').includes('..')
  );
}

/** The folders that a relative path lies in, the outermost first. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}
