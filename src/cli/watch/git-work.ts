import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';

/** A lock that is older was left by a git that died. */
const oldestMs = 60_000;

/** Tells whether git is changing files of a folder: while it does, its lock on the index is there. */
export function gitWork(
  { files, clock }: Pick<Host, 'files' | 'clock'>,
  folder: string,
): () => boolean {
  const git = gitFolder(files, folder);
  if (git === undefined) return () => false;
  const lock = `${git}/index.lock`;
  return () => {
    const stat = files.stat(lock);
    return stat !== undefined && clock.nowMs() - Number(stat.mtimeNs / 1_000_000n) < oldestMs;
  };
}

/** Of the checkout that a folder lies in; that of a worktree is named by a file. */
function gitFolder(files: Host['files'], folder: string): string | undefined {
  for (let at = folder; ; at = posix.dirname(at)) {
    const path = `${at}/.git`;
    if (files.isDirectory(path)) return path;
    const text = files.readText(path);
    const named = text.ok ? /^gitdir: (.*)$/m.exec(text.value)?.[1] : undefined;
    if (named !== undefined) return posix.resolve(at, named);
    if (at === posix.dirname(at)) return undefined;
  }
}
