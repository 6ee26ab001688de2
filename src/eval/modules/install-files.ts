import type { FileRef } from '../../model/file.ts';
import type { Call } from '../call.ts';

/** Installs files that a module brings or makes, each to a path of its own; `tag` is what `install --tags` knows them by. */
export function installFiles(
  { evaluation, scope }: Call,
  tag: string,
  files: readonly (readonly [file: FileRef, to: string])[],
): void {
  if (files.length === 0) return;
  const destinations = files.map(([, to]) => to);
  evaluation.tables.installs.push({
    kind: 'data',
    subproject: scope.subproject,
    files: files.map(([file]) => file),
    destinations,
    placeholders: destinations,
    mode: undefined,
    tag,
    followSymlinks: undefined,
  });
}
