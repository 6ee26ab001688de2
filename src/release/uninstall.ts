import type { Host } from '../host/host.ts';

export interface Uninstall {
  readonly host: Host;
  /** Absolute. */
  readonly buildRoot: string;
  readonly print: (line: string) => void;
}

/** Removes what the install log lists; false when something stayed. */
export function uninstall({ host, buildRoot, print }: Uninstall): boolean {
  const log = host.files.readText(`${buildRoot}/meson-logs/install-log.txt`);
  if (!log.ok) {
    print('Log file does not exist, no installation has been done.');
    return true;
  }
  let [deleted, failed] = [0, 0];
  for (const path of log.value.split('\n')) {
    if (path === '' || path.startsWith('#')) continue;
    const reason = remove(host, path);
    if (reason === undefined) {
      print(`Deleted: ${path}`);
      deleted++;
    } else {
      print(`Could not delete ${path}: ${reason}.`);
      failed++;
    }
  }
  print(`\nUninstall finished.\n\nDeleted: ${deleted}\nFailed: ${failed}`);
  print('\nRemember that files created by custom scripts have not been removed.');
  return failed === 0;
}

/** Why a path is still there; folders go only when they are empty. */
function remove({ files }: Host, path: string): string | undefined {
  const kind = files.lstat(path)?.kind;
  if (kind === undefined) return 'No such file or directory';
  if (kind === 'directory') {
    const content = files.list(path);
    if (!content.ok) return content.error.reason;
    if (content.value.length > 0) return 'Directory not empty';
  }
  const removed = files.remove(path);
  return removed.ok ? undefined : removed.error.reason;
}
