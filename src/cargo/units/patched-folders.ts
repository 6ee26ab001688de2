import { posix } from 'node:path';
import { isTable } from '../toml.ts';
import type { LoadedWorkspace } from './load-workspace.ts';

/** A line of `[patch]` that names a folder. */
export interface PatchedFolder {
  readonly key: string;
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

/** Folders that `[patch]` puts in the place of packages. */
export function patchedFolders({ root, patch }: LoadedWorkspace): readonly PatchedFolder[] {
  const tables = isTable(patch) ? Object.values(patch) : [];
  return tables.flatMap((table) =>
    Object.entries(isTable(table) ? table : {}).flatMap(([key, value]) => {
      if (!isTable(value) || typeof value['path'] !== 'string') return [];
      const name = typeof value['package'] === 'string' ? value['package'] : key;
      return [{ key, name, folder: posix.resolve(root, value['path']) }];
    }),
  );
}
