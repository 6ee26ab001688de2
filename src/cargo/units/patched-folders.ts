import { posix } from 'node:path';
import { isTable } from '../toml.ts';
import type { LoadedWorkspace } from './load-workspace.ts';

/** Folders that `[patch]` puts in the place of packages. */
export function patchedFolders({
  root,
  patch,
}: LoadedWorkspace): readonly { readonly name: string; readonly folder: string }[] {
  const tables = isTable(patch) ? Object.values(patch) : [];
  return tables.flatMap((table) =>
    Object.entries(isTable(table) ? table : {}).flatMap(([key, value]) => {
      if (!isTable(value) || typeof value['path'] !== 'string') return [];
      const name = typeof value['package'] === 'string' ? value['package'] : key;
      return [{ name, folder: posix.resolve(root, value['path']) }];
    }),
  );
}
