import { watch } from 'chokidar';
import { err, ok, type Result } from '../../base/result.ts';
import type { FileFault, Watcher, WatchRequest } from '../host.ts';

/** Watches a folder and all below it by means of chokidar. */
export async function watchFolder(
  folder: string,
  { ignores, changed }: WatchRequest,
): Promise<Result<Watcher, FileFault>> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    // Editors that write a new file and rename it are told as one change.
    atomic: 50,
    ignored: (path) => ignores(path),
  });
  watcher.on('all', (_event, path) => changed(path));
  const close = (): Promise<void> => watcher.close();
  return new Promise((resolve) => {
    watcher.once('ready', () => resolve(ok({ close })));
    watcher.on('error', (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      resolve(err({ kind: 'other', path: folder, reason }));
      // Later on: a folder that went is a change as well.
      changed(folder);
    });
  });
}
