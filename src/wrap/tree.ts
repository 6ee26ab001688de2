import { sha256Of } from '../base/sha256.ts';
import { filesBelow, type TreeItem } from '../host/files-below.ts';
import type { Files } from '../host/host.ts';
import { join } from './paths.ts';

/** What a file or link is, as one word: its content's hash and whether it can be run. */
export function fingerprint(files: Files, folder: string, item: TreeItem): string {
  const path = join(folder, item.path);
  if (item.kind === 'symlink') {
    const target = files.readLink(path);
    return `link:${target.ok ? target.value : ''}`;
  }
  const bytes = files.readBytes(path);
  return `${bytes.ok ? sha256Of(bytes.value) : 'unreadable'}${item.executable ? '+x' : ''}`;
}

/** One hash of all that lies below a folder. */
export function treeDigest(files: Files, folder: string): string {
  return sha256Of(
    filesBelow(files, folder)
      .map((item) => `${item.path}\0${fingerprint(files, folder, item)}\n`)
      .join(''),
  );
}

/** Not so of folders that tools keep beside the sources. */
export function holdsSources(folder: string): boolean {
  return folder !== '.git' && folder !== '__pycache__';
}
