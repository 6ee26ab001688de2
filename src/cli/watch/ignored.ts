import { posix } from 'node:path';
import type { Files } from '../../host/host.ts';
import { isConfigured } from '../../store/setup/setup-state.ts';

/** What is no source: version control, packages of Node, what editors leave for a moment. */
const folders = new Set(['.git', '.hg', '.svn', '.jj', 'node_modules', '.kaon-dist']);
const leftovers = /(?:~|\.sw[a-z]|\.tmp|^#.*#|^\.#.*|^4913|\.kate-swp|___jb_(?:old|tmp)___)$/;

/** Whether a change of a path cannot matter to a build: build directories are none of its sources. */
export function ignoredBy(
  files: Files,
  { sourceRoot, buildRoot }: { readonly sourceRoot: string; readonly buildRoot: string },
): (path: string) => boolean {
  const builds = new Map<string, boolean>();
  return (path) => {
    const name = posix.basename(path);
    if (folders.has(name) || leftovers.test(name)) return true;
    if (path === sourceRoot) return false;
    if (path === buildRoot) return true;
    const known = builds.get(path);
    if (known === true) return true;
    const isBuild = isConfigured(files, path);
    if (isBuild) builds.set(path, true);
    return isBuild;
  };
}
