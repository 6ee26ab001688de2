import { posix } from 'node:path';
import { closeMatch } from '../../base/close-match.ts';
import type { Host } from '../../host/host.ts';
import { joinPath } from '../paths.ts';

/** What may help where a file is not there: the name of one that is nearly the same. */
export function missingFileHint(files: Host['files'], absolute: string): string | undefined {
  if (/[*?]/.test(absolute)) return 'Patterns are not expanded: name each file.';
  const slashed = backslashHint(absolute);
  if (slashed !== undefined) return slashed;
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

/** What may help where there is no such folder: the name of one that is nearly the same, and will do. */
export function missingFolderHint(
  files: Host['files'],
  absolute: string,
  willDo: (folder: string) => boolean,
): string | undefined {
  const slashed = backslashHint(absolute);
  if (slashed !== undefined) return slashed;
  const folder = posix.dirname(absolute);
  const names = files.list(folder);
  const folders = (names.ok ? names.value : []).filter((name) => {
    const path = joinPath(folder, name);
    return files.isDirectory(path) && willDo(path);
  });
  const close = closeMatch(posix.basename(absolute), folders);
  return close === undefined ? undefined : `Did you mean "${close}"?`;
}

/** The same where a build file of the folder is wanted. */
export function missingBuildFileHint(files: Host['files'], absolute: string): string | undefined {
  if (files.isDirectory(absolute)) return 'The folder has no meson.build.';
  return missingFolderHint(files, absolute, (folder) => files.isFile(`${folder}/meson.build`));
}

/** A path as Windows writes it; some of its letters came to be another: `\n` is a line end. */
function backslashHint(path: string): string | undefined {
  return /[\\\p{Cc}]/u.test(path)
    ? "Folders of a path are told apart by '/', on Windows too."
    : undefined;
}
