import { posix } from 'node:path';

/** Where things go: below the prefix, and all of it below DESTDIR when there is one. */
export interface Destination {
  /** Absolute, or empty. */
  readonly destdir: string;
  readonly prefix: string;
}

/** The path a file gets on this machine. `path` is relative to the prefix, or absolute. */
export function destinationPath({ destdir, prefix }: Destination, path: string): string {
  const absolute = posix.join(path.startsWith('/') ? '' : prefix, path);
  return destdir === '' ? absolute : posix.join(destdir, absolute);
}
