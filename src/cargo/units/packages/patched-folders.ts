import { posix } from 'node:path';
import { isTable } from '../../manifest/toml.ts';
import type { LoadedWorkspace } from './load-workspace.ts';
import { packageSpec } from './package-spec.ts';

/** A line of `[patch]` that names a folder. */
export interface PatchedFolder {
  readonly key: string;
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

/** Folders that `[patch]` and `[replace]` put in the place of packages. */
export function patchedFolders({
  root,
  patch,
  rootToml: { replace },
}: LoadedWorkspace): readonly PatchedFolder[] {
  const tables = isTable(patch) ? Object.values(patch) : [];
  return [
    ...tables.flatMap((table) => foldersIn(root, table, (key) => key)),
    ...foldersIn(root, replace, (key) => packageSpec(key).name),
  ];
}

function foldersIn(
  root: string,
  table: unknown,
  nameOf: (key: string) => string,
): readonly PatchedFolder[] {
  return Object.entries(isTable(table) ? table : {}).flatMap(([key, value]) => {
    if (!isTable(value) || typeof value['path'] !== 'string') return [];
    const name = typeof value['package'] === 'string' ? value['package'] : nameOf(key);
    return [{ key, name, folder: posix.resolve(root, value['path']) }];
  });
}
