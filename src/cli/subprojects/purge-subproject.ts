import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { packageCache } from '../../wrap/archive/fetch-archive.ts';
import { hasOwnWork } from '../../wrap/repository/repository-state.ts';
import type { Package } from '../../wrap/wrap-set.ts';
import { keptForItsWork } from './git.ts';
import type { Subprojects } from './open-subprojects.ts';

export interface Purge {
  readonly host: Host;
  readonly all: Subprojects;
  readonly made: Package;
  readonly folder: string;
  readonly cacheToo: boolean;
  readonly confirmed: boolean;
}

/** Removes what a wrap brought: its sources, its redirect, and its archives where that is asked for. */
export async function purgeSubproject(purge: Purge): Promise<Result<string, string>> {
  const { host, all, made, folder, cacheToo, confirmed } = purge;
  const { files } = host;
  const { wrap } = made;
  if (wrap === undefined) return ok('');
  const cache = packageCache(host, { subprojects: all.folder });
  const names = [
    wrap.kind === 'file' ? wrap.archive.filename?.value : undefined,
    wrap.patch.filename?.value,
  ];
  const archives = names
    .flatMap((name) => (name === undefined ? [] : [posix.join(cache, name)]))
    .filter((path) => posix.dirname(path) === cache && files.isFile(path));
  const isLink = files.lstat(folder)?.kind === 'symlink';
  if (!isLink && (await hasOwnWork(host, folder))) return err(keptForItsWork(folder));
  const paths = [
    ...(made.redirectedFrom === undefined ? [] : [made.redirectedFrom]),
    ...(cacheToo ? archives : []),
    ...(isSources(purge) ? [folder] : []),
  ];
  for (const path of paths) {
    const removed = confirmed ? files.remove(path) : ok(undefined);
    if (!removed.ok) return err(`Unable to remove: ${path}: ${removed.error.reason}`);
  }
  const left = files.list(cache);
  if (cacheToo && confirmed && left.ok && left.value.length === 0) files.remove(cache);
  return ok(paths.map((path) => `Deleting ${path}`).join('\n'));
}

/** A link is removed and never followed. */
function isSources({ host: { files }, folder }: Purge): boolean {
  const there = files.lstat(folder);
  return there?.kind === 'symlink' || there?.kind === 'directory';
}
