import { join } from 'node:path/posix';
import type { FileFault, Files } from './host.ts';

/** A file or link below a folder. */
export interface TreeItem {
  /** Relative to the folder. */
  readonly path: string;
  readonly kind: 'file' | 'symlink';
  readonly executable: boolean;
}

/** How a folder is gone through. */
export interface Walk {
  /** Whether folders of that name are entered; all are, unless told. */
  readonly enters?: (name: string) => boolean;
  /** Told of folders that could not be listed; they count as empty. */
  readonly onFault?: (fault: FileFault) => void;
}

/** All files and links below a folder, sorted. Links are not followed. */
export function filesBelow(files: Files, folder: string, walk: Walk = {}): TreeItem[] {
  const { enters = () => true, onFault = () => {} } = walk;
  const found: TreeItem[] = [];
  const pending = [''];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    const listed = files.list(join(folder, below));
    if (!listed.ok) onFault(listed.error);
    for (const name of listed.ok ? listed.value : []) {
      const path = join(below, name);
      const stat = files.lstat(join(folder, path));
      if (stat?.kind === 'directory') {
        if (enters(name)) pending.push(path);
      } else if (stat?.kind === 'file' || stat?.kind === 'symlink')
        found.push({ path, kind: stat.kind, executable: (stat.mode & 0o100) !== 0 });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
