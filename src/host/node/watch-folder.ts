import { watch } from 'chokidar';
import { err, ok, type Result } from '../../base/result.ts';
import type { FileFault, Watcher, WatchRequest } from '../host.ts';
import { systemReason } from './fault.ts';

/** Watches a folder and all below it by means of chokidar. What cannot be read is left out. */
export async function watchFolder(
  folder: string,
  { ignores, changed, failed }: WatchRequest,
): Promise<Result<Watcher, FileFault>> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    // Editors that write a new file and rename it are told as one change.
    atomic: 50,
    ignored: (path) => ignores(path),
  });
  watcher.on('all', (_event, path) => changed(path));
  const close = (): Promise<void> => watcher.close();
  let isReady = false;
  return new Promise((resolve) => {
    watcher.once('ready', () => {
      isReady = true;
      resolve(ok({ close }));
    });
    watcher.on('error', (error) => {
      const reason = reasonOf(error);
      if (!isReady) {
        resolve(err({ kind: 'other', path: folder, reason }));
        // One error is enough, and there are as many as there are files.
        void close();
        return;
      }
      failed?.(reason);
      // A folder that went is a change as well.
      changed(folder);
    });
  });
}

/** Where the system's limits are reached it says that a disk is full, or too many files are open. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const how = (limit: string, value: number): string =>
    `Allow more, as by \`sudo sysctl fs.inotify.${limit}=${value}\`, or end other programs that watch files.`;
  if (code === 'ENOSPC')
    return `it has more files than the system lets us watch. ${how('max_user_watches', 524_288)}`;
  if (code === 'EMFILE') return `too many programs watch files. ${how('max_user_instances', 1024)}`;
  return systemReason(error);
}
