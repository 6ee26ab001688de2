import { posix } from 'node:path';
import type { Files, Host } from '../host/host.ts';
import { cargoHome } from './crate-source.ts';

/**
 * Where Cargo keeps a commit of a repository checked out, for builds without a network: in its home, by the
 * repository's name and the beginning of the commit's id (the Cargo book: "Cargo Home").
 */
export function keptClone(
  { files, system }: Pick<Host, 'files' | 'system'>,
  { url, revision }: { readonly url: string; readonly revision: string },
): string | undefined {
  const root = `${cargoHome(system)}/git/checkouts`;
  const name = posix.basename(url.replace(/[?#].*$/, '').replace(/\/+$/, ''), '.git');
  const repositories = files.list(root);
  for (const repository of repositories.ok ? repositories.value : []) {
    if (!repository.startsWith(`${name}-`)) continue;
    const commits = files.list(`${root}/${repository}`);
    for (const commit of commits.ok ? commits.value : []) {
      const folder = `${root}/${repository}/${commit}`;
      if (!revision.startsWith(commit) || !files.isFile(`${folder}/.cargo-ok`)) continue;
      if (headOf(files, folder) === revision) return folder;
    }
  }
  return undefined;
}

/** The id of the commit that a clone has checked out, by its branch or not. */
function headOf(files: Files, clone: string): string | undefined {
  const head = files.readText(`${clone}/.git/HEAD`);
  if (!head.ok) return undefined;
  const branch = /^ref: (refs\/[\w./-]+)\s*$/.exec(head.value)?.[1];
  if (branch === undefined) return head.value.trim();
  const id = files.readText(`${clone}/.git/${branch}`);
  return id.ok ? id.value.trim() : undefined;
}
