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
export function patchedFolders(workspace: LoadedWorkspace): readonly PatchedFolder[] {
  return foldersOf(workspace, patches(workspace));
}

/** Those of `[patch]` alone: Cargo reads what lies there, be it of use or not. */
export function foldersOfPatch(workspace: LoadedWorkspace): readonly PatchedFolder[] {
  return foldersOf(workspace, ownPatches(workspace));
}

/** Packages that `[patch]` and `[replace]` put something in the place of. */
export function patchedNames(workspace: LoadedWorkspace): ReadonlySet<string> {
  return new Set(patches(workspace).map(({ name }) => name));
}

interface Patch {
  readonly key: string;
  readonly name: string;
  readonly value: unknown;
}

function foldersOf({ root }: LoadedWorkspace, patched: readonly Patch[]): readonly PatchedFolder[] {
  return patched.flatMap(({ key, name, value }) => {
    if (!isTable(value) || typeof value['path'] !== 'string') return [];
    return [{ key, name, folder: posix.resolve(root, value['path']) }];
  });
}

function patches(workspace: LoadedWorkspace): readonly Patch[] {
  const { replace } = workspace.rootToml;
  return [...ownPatches(workspace), ...patchesIn(replace, (key) => packageSpec(key).name)];
}

function ownPatches({ patch }: LoadedWorkspace): readonly Patch[] {
  const tables = isTable(patch) ? Object.values(patch) : [];
  return tables.flatMap((table) => patchesIn(table, (key) => key));
}

function patchesIn(table: unknown, named: (key: string) => string): readonly Patch[] {
  return Object.entries(isTable(table) ? table : {}).map(([key, value]) => {
    const said = isTable(value) ? value['package'] : undefined;
    return { key, name: typeof said === 'string' ? said : named(key), value };
  });
}
