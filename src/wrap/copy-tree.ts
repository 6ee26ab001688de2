import type { Result } from '../base/result.ts';
import { filesBelow, type TreeItem } from '../host/files-below.ts';
import type { FileFault, Host } from '../host/host.ts';
import { layOut } from './lay-out.ts';
import { dirname, join } from './paths.ts';

interface Copy {
  readonly from: string;
  readonly to: string;
  /** Those that are copied; else all of the folder. */
  readonly items?: readonly TreeItem[];
}

/** Copies a folder that someone unpacked already, with its links as they are. */
export function copyTree(
  { files }: Pick<Host, 'files'>,
  { from, to, items = filesBelow(files, from) }: Copy,
): Result<void, FileFault> {
  return layOut(files, to, {
    directories: ['.', ...new Set(items.map(({ path }) => dirname(path)))].sort(),
    files: items
      .filter(({ kind }) => kind === 'file')
      .map(({ path, executable }) => {
        const bytes = files.readBytes(join(from, path));
        const content = bytes.ok ? bytes.value : new Uint8Array();
        return { path, content, executable, mtimeMs: undefined };
      }),
    links: items
      .filter(({ kind }) => kind === 'symlink')
      .map(({ path }) => {
        const target = files.readLink(join(from, path));
        return { path, target: target.ok ? target.value : '' };
      }),
  });
}
