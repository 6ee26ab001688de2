import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Files } from '../../host/host.ts';

/** One thing that goes into an archive. */
export interface TreeEntry {
  /** Relative to the tree's folder. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  /** Of a file, in bytes. */
  readonly size: number;
  readonly mode: number;
  /** Where a link leads. */
  readonly target: string;
}

/** A folder and all that lies in it, folders before what is in them, sorted: the same on any machine. */
export interface Tree {
  readonly folder: string;
  readonly entries: readonly TreeEntry[];
  /** Of all files together. */
  readonly bytes: number;
}

/** How what lies in a folder is told. */
export interface TreeOptions {
  /**
   * `plain`: files are 0644 or 0755 and folders 0755, whatever the umask was. `installed`: as an
   * install gave them.
   */
  readonly modes: 'plain' | 'installed';
}

/** Takes stock of a folder. An error is a sentence. */
export function readTree(
  files: Files,
  folder: string,
  { modes }: TreeOptions,
): Result<Tree, string> {
  const entries: TreeEntry[] = [];
  let bytes = 0;
  const waiting = [''];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const absolute = posix.join(folder, path);
    const stat = files.lstat(absolute);
    if (stat === undefined) return err(`${absolute} went away or has a name that is not UTF-8`);
    if (stat.kind === 'other') return err(`${absolute} is no file, folder or link`);
    if (path !== '') {
      const mode = modes === 'plain' ? plainMode(stat.kind, stat.mode) : stat.mode;
      const link = stat.kind === 'symlink' ? files.readLink(absolute) : ok('');
      if (!link.ok) return err(`${absolute}: ${link.error.reason}`);
      const size = stat.kind === 'file' ? stat.size : 0;
      entries.push({ path, kind: stat.kind, size, mode, target: link.value });
      bytes += size;
    }
    if (stat.kind !== 'directory') continue;
    const names = files.list(absolute);
    if (!names.ok) return err(`${absolute}: ${names.error.reason}`);
    for (const name of [...names.value].reverse())
      waiting.push(path === '' ? name : `${path}/${name}`);
  }
  return ok({ folder, entries, bytes });
}

function plainMode(kind: TreeEntry['kind'], mode: number): number {
  if (kind === 'symlink') return 0o777;
  return kind === 'directory' || (mode & 0o100) !== 0 ? 0o755 : 0o644;
}
