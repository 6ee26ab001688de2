import { posix } from 'node:path';
import type { Action } from '../graph/graph.ts';
import type { ActionRecord } from '../store/action-record.ts';
import type { BuildContext } from './build-context.ts';
import { hostPath } from './build-place.ts';
import { below, inFolder } from './in-folder.ts';
import { includeFolders } from './include-folders.ts';

/**
 * A header that would be found before one that an action read, and was not there when it looked. Who
 * includes what is asked of the folders alone: whether it is the one that comes out, the compiler decides.
 */
export function foundFirst(
  context: BuildContext,
  action: Action,
  { inputs, discovered }: ActionRecord,
): { readonly path: string; readonly instead: string } | undefined {
  const { work, depfile } = action;
  if (work.kind !== 'command' || depfile === undefined) return undefined;
  const { came } = context.listing();
  if (came.size === 0) return undefined;
  const folders = includeFolders(context, action, work);
  if (folders.length < 2) return undefined;
  const pathOf = (id: (typeof inputs)[number]): string => context.log.content(id).path;
  const read = new Set([...inputs, ...discovered].map(pathOf));
  for (const id of discovered) {
    const instead = pathOf(id);
    for (const [at, folder] of folders.entries()) {
      const name = below(folder, instead);
      if (name === undefined) continue;
      const path = folders
        .slice(0, at)
        .map((earlier) => inFolder(earlier, name))
        .find((one) => hasCome(came, one) && !read.has(one) && isHeader(context, one));
      if (path !== undefined) return { path, instead };
    }
  }
  return undefined;
}

function hasCome(came: ReadonlySet<string>, path: string): boolean {
  for (let at = path; ; at = posix.dirname(at)) {
    if (came.has(at)) return true;
    if (at === '.' || at === '/' || at === posix.dirname(at) || at.endsWith('..')) return false;
  }
}

function isHeader({ host, place, producersByPath }: BuildContext, path: string): boolean {
  return producersByPath.has(path) || host.files.isFile(hostPath(place, path));
}
