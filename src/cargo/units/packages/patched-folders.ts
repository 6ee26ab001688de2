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

/** Packages that `[patch]` and `[replace]` put something in the place of. */
export function patchedNames({
  patch,
  rootToml: { replace },
}: LoadedWorkspace): ReadonlySet<string> {
  const tables = isTable(patch) ? Object.values(patch) : [];
  return new Set([
    ...tables.flatMap((table) => entriesOf(table).map(([key, value]) => nameOf(value) ?? key)),
    ...entriesOf(replace).map(([key, value]) => nameOf(value) ?? packageSpec(key).name),
  ]);
}

function entriesOf(table: unknown): readonly (readonly [key: string, value: unknown])[] {
  return Object.entries(isTable(table) ? table : {});
}

/** `package`, where a line says it. */
function nameOf(value: unknown): string | undefined {
  const name = isTable(value) ? value['package'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function foldersIn(
  root: string,
  table: unknown,
  named: (key: string) => string,
): readonly PatchedFolder[] {
  return entriesOf(table).flatMap(([key, value]) => {
    if (!isTable(value) || typeof value['path'] !== 'string') return [];
    return [{ key, name: nameOf(value) ?? named(key), folder: posix.resolve(root, value['path']) }];
  });
}
