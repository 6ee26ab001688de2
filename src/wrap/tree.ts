import { createHash } from 'node:crypto';
import type { Files } from '../host/host.ts';
import { join } from './paths.ts';

/** A file or link below a folder. */
export interface TreeItem {
  /** Relative to the folder. */
  readonly path: string;
  readonly kind: 'file' | 'symlink';
  readonly executable: boolean;
}

/** All files and links below a folder, sorted; folders named in `except` are not entered. */
export function filesBelow(
  files: Files,
  folder: string,
  except: readonly string[] = [],
): TreeItem[] {
  const found: TreeItem[] = [];
  const pending = [''];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    const listed = files.list(join(folder, below));
    for (const name of listed.ok ? listed.value : []) {
      const path = below === '' ? name : `${below}/${name}`;
      const stat = files.lstat(join(folder, path));
      if (stat?.kind === 'directory') {
        if (!except.includes(name)) pending.push(path);
      } else if (stat?.kind === 'file' || stat?.kind === 'symlink')
        found.push({ path, kind: stat.kind, executable: (stat.mode & 0o100) !== 0 });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** In hexadecimal digits, as wrap files have it. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** What a file or link is, as one word: its content's hash and whether it can be run. */
export function fingerprint(files: Files, folder: string, item: TreeItem): string {
  const path = join(folder, item.path);
  if (item.kind === 'symlink') {
    const target = files.readLink(path);
    return `link:${target.ok ? target.value : ''}`;
  }
  const bytes = files.readBytes(path);
  return `${bytes.ok ? sha256(bytes.value) : 'unreadable'}${item.executable ? '+x' : ''}`;
}

/** One hash of all that lies below a folder. */
export function treeDigest(files: Files, folder: string): string {
  return sha256(
    filesBelow(files, folder)
      .map((item) => `${item.path}\0${fingerprint(files, folder, item)}\n`)
      .join(''),
  );
}
