import { ok, type Result } from '../base/result.ts';
import type { FileFault, Files } from '../host/host.ts';
import type { Layout } from './archive/check-entries.ts';
import { dirname, join } from './paths.ts';

/**
 * Writes a checked layout below a folder of ours. Files that are there already are removed first,
 * never written through; links come last.
 */
export function layOut(files: Files, folder: string, layout: Layout): Result<void, FileFault> {
  for (const directory of layout.directories) {
    const made = freshDirectory(files, folder, directory);
    if (!made.ok) return made;
  }
  for (const { path, content, executable, mtimeMs } of layout.files) {
    const to = join(folder, path);
    const written = replaceFile(files, to, { content, executable });
    if (!written.ok) return written;
    if (mtimeMs !== undefined && mtimeMs > 0) files.setTimes(to, mtimeMs);
  }
  for (const { path, target } of layout.links) {
    const to = join(folder, path);
    const removed = files.remove(to);
    if (!removed.ok) return removed;
    const made = files.makeDirectory(dirname(to));
    if (!made.ok) return made;
    const linked = files.symlink(target, to);
    if (!linked.ok) return linked;
  }
  return ok(undefined);
}

/** Writes one file in place of whatever is there, with the two modes that a laid file may have. */
export function replaceFile(
  files: Files,
  path: string,
  { content, executable }: { readonly content: string | Uint8Array; readonly executable: boolean },
): Result<void, FileFault> {
  if (files.lstat(path) !== undefined) {
    const removed = files.remove(path);
    if (!removed.ok) return removed;
  }
  const written = files.write(path, content);
  if (!written.ok) return written;
  return files.setMode(path, executable ? 0o755 : 0o644);
}

/** Makes a folder; a link or a file in its place, from an earlier layer, gives way. */
export function freshDirectory(files: Files, root: string, path: string): Result<void, FileFault> {
  const to = join(root, path);
  const there = files.lstat(to);
  if (there?.kind === 'directory') return ok(undefined);
  if (there !== undefined) {
    const removed = files.remove(to);
    if (!removed.ok) return removed;
  }
  return files.makeDirectory(to);
}
