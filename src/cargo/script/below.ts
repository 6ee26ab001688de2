import type { Files } from '../../host/host.ts';

/** All files and folders below a folder. */
export function below(files: Files, folder: string, enters: (path: string) => boolean): string[] {
  const found: string[] = [];
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const names = files.list(at);
    for (const name of names.ok ? names.value : []) {
      const path = `${at}/${name}`;
      if (!enters(path)) continue;
      found.push(path);
      if (files.lstat(path)?.kind === 'directory') pending.push(path);
    }
  }
  return found;
}
