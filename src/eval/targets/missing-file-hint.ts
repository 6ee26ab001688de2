import { posix } from 'node:path';
import { closeMatch } from '../../base/close-match.ts';
import type { Host } from '../../host/host.ts';
import { joinPath } from '../paths.ts';

/** What may help where a file is not there: the name of one that is nearly the same. */
export function missingFileHint(files: Host['files'], absolute: string): string | undefined {
  if (/[*?]/.test(absolute)) return 'Patterns are not expanded: name each file.';
  if (files.isDirectory(absolute)) return 'That is a folder.';
  const folder = posix.dirname(absolute);
  const names = files.list(folder);
  if (!names.ok) return `There is no folder "${posix.basename(folder)}".`;
  const close = closeMatch(
    posix.basename(absolute),
    names.value.filter((name) => files.isFile(joinPath(folder, name))),
  );
  return close === undefined ? undefined : `Did you mean "${close}"?`;
}
