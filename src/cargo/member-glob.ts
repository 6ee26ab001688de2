import type { Files } from '../host/host.ts';

/** Whether a member's path has wildcards; `[x]` is only a way to write `x`. */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path.replace(/\[(.)\]/g, ''));
}

/** Folders below `root` that a member's path means: `crates/*`, `tools/a?`, `apps/**`. Sorted. */
export function expandMember(files: Files, root: string, path: string): readonly string[] {
  if (!isGlob(path)) return [path.replace(/\[(.)\]/g, '$1')];
  let found = [''];
  for (const part of path.split('/').filter((one) => one !== '' && one !== '.')) {
    const pattern = namePattern(part);
    found = found.flatMap((base) => {
      if (part === '**') return foldersBelow(files, root, base);
      if (!isGlob(part)) return [base === '' ? part : `${base}/${part}`];
      const listed = files.list(base === '' ? root : `${root}/${base}`);
      return (listed.ok ? listed.value : [])
        .filter((name) => pattern.test(name) && (!name.startsWith('.') || part.startsWith('.')))
        .map((name) => (base === '' ? name : `${base}/${name}`));
    });
  }
  return [...new Set(found)]
    .filter((folder) => folder !== '' && files.isDirectory(`${root}/${folder}`))
    .sort();
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
      const isMade = ['CACHEDIR.TAG', 'meson-private'].some((one) =>
        files.exists(`${path}/${one}`),
      );
      if (!name.startsWith('.') && !isMade && files.lstat(path)?.kind === 'directory')
        found.push(below);
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
