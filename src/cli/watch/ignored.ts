import { posix } from 'node:path';
import type { Files } from '../../host/host.ts';
import { realPath } from '../../host/real-path.ts';
import { isConfigured } from '../../store/setup/setup-state.ts';

/** What is no source: version control, packages of Node, what editors leave for a moment. */
const folders = new Set(['.git', '.hg', '.svn', '.jj', 'node_modules', '.kaon-dist']);
const leftovers = /(?:~|\.sw[a-z]|\.tmp|^#.*#|^\.#.*|^4913|\.kate-swp|___jb_(?:old|tmp)___)$/;

/** Where what we say goes, be it a file among the sources: that it grows is no news. */
const spoken = ['/dev/stdout', '/dev/stderr'];

/** Whether a change of a path cannot matter to a build: build directories are none of its sources. */
export function ignoredBy(
  files: Files,
  { sourceRoot, buildRoot }: { readonly sourceRoot: string; readonly buildRoot: string },
): (path: string) => boolean {
  const builds = new Map<string, boolean>();
  const logs = new Set(spoken.map((path) => realPath(files, path)));
  return (path) => {
    const name = posix.basename(path);
    if (folders.has(name) || leftovers.test(name) || logs.has(path)) return true;
    if (path === sourceRoot) return false;
    if (path === buildRoot) return true;
    const known = builds.get(path);
    if (known === true) return true;
    const isBuild = isConfigured(files, path);
    if (isBuild) builds.set(path, true);
    return isBuild;
  };
}
