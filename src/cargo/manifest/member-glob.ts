import { posix } from 'node:path';
import { type FileSystemAdapter, globSync } from 'tinyglobby';
import type { Files } from '../../host/host.ts';
import { isMadeByBuild } from '../../host/made-by-build.ts';
import { realPath } from '../../host/real-path.ts';

/** Whether a member's path has wildcards; `[x]` is only a way to write `x`. */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path.replace(/\[(.)\]/g, ''));
}

/** Folders below `root` that a member's path means: `crates/*`, `tools/a?`, `apps/**`. Sorted. */
export function expandMember(files: Files, root: string, path: string): readonly string[] {
  if (!isGlob(path)) return [path.replace(/\[(.)\]/g, '$1')];
  // Only `*`, `?` and brackets are wildcards in a manifest.
  const pattern = posix.normalize(path).replace(/[\\(){}|!+@](?![^[]*\])/g, '\\$&');
  const found = globSync(pattern, {
    cwd: root,
    onlyDirectories: true,
    expandDirectories: false,
    braceExpansion: false,
    extglob: false,
    fs: foldersSeenBy(files, path.includes('**') ? isMadeByBuild : () => false),
  });
  return found
    .map((folder) => folder.replace(/\/$/, ''))
    .filter((folder) => folder !== '' && folder !== '.')
    .sort();
}

/** The host's folders as tinyglobby wants to see them, but for hidden ones. */
function foldersSeenBy(
  files: Files,
  isHidden: (files: Files, folder: string) => boolean,
): FileSystemAdapter {
  const entry = (path: string) => {
    const kind = files.lstat(path)?.kind;
    return {
      name: posix.basename(path),
      isFile: () => kind === 'file',
      isDirectory: () => kind === 'directory' && !isHidden(files, path),
      isSymbolicLink: () => kind === 'symlink',
    };
  };
  const readdirSync = (folder: string) => {
    const names = files.list(folder);
    return (names.ok ? names.value : []).map((name) => entry(posix.join(folder, name)));
  };
  const statSync = (path: string) => ({ isDirectory: () => files.isDirectory(path) });
  const realpathSync = (path: string) => realPath(files, path);
  // Of Node's functions it calls these three, and looks at nothing else of what they answer.
  return { readdirSync, statSync, realpathSync } as unknown as FileSystemAdapter;
}

/** A folder and all below it, but for hidden ones and those that builds made. */
export function foldersBelow(files: Files, root: string, base: string): readonly string[] {
  const found = [base];
  // Grows while it is walked.
  for (const folder of found) {
    const listed = files.list(folder === '' ? root : `${root}/${folder}`);
    for (const name of listed.ok ? listed.value : []) {
      const below = folder === '' ? name : `${folder}/${name}`;
      const path = `${root}/${below}`;
      const isFolder = files.lstat(path)?.kind === 'directory';
      if (!name.startsWith('.') && isFolder && !isMadeByBuild(files, path)) found.push(below);
    }
  }
  return found;
}

/** A name with wildcards; a bracket that nothing closes stands for itself. */
export function namePattern(part: string): RegExp {
  const body = part.replace(/\[!?[^\]]+\]|[*?]|[.+^${}()|[\\]/g, (token) => {
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    return token.length > 1 ? token.replace('[!', '[^') : `\\${token}`;
  });
  return new RegExp(`^${body}$`);
}
