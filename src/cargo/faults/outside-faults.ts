import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readLoneManifest, tomlIn, workspaceRootOf } from '../units/packages/load-workspace.ts';
import type { PackageSet } from '../units/packages/package-set.ts';
import { foldersOfPatch } from '../units/packages/patched-folders.ts';
import { packagesInFolders } from '../units/packages/selected-packages.ts';
import { writtenManifest } from '../units/packages/written-manifest.ts';
import { manifestFaults } from './manifest-faults.ts';

/**
 * Why Cargo would refuse manifests of packages that members or patches name by folder and that are none
 * themselves. Those in folders that were judged before are left out: a lock file only adds what patches need.
 */
export function outsideFaults(
  files: Files,
  packages: PackageSet,
  {
    knowsRegistry,
    judged,
  }: { readonly knowsRegistry: (name: string) => boolean; readonly judged: Set<string> },
): readonly Diagnostic[] {
  const members = [...packages.members.values()];
  const named = new Set(members.flatMap((id) => packages.dependencies(id).map(({ to }) => to)));
  const judge = (folder: string, manifest: Manifest, forgives: boolean): readonly Diagnostic[] => {
    judged.add(folder);
    const root = workspaceRootOf(files, folder) ?? folder;
    return manifestFaults(files, writtenManifest(files, folder), {
      workspace: { ...packages.workspace, rootToml: tomlIn(files, root) ?? {} },
      ...{ manifest, knowsRegistry, forgives },
    });
  };
  const reached = [...packagesInFolders(packages)].flatMap((id) => {
    const of = packages.package(id);
    if (of === undefined || of.isMember || judged.has(of.folder)) return [];
    return judge(of.folder, of.manifest, !named.has(id));
  });
  const patched = foldersOfPatch(packages.workspace).flatMap(({ folder }) => {
    const isKnown = packages.members.has(folder) || judged.has(folder);
    if (isKnown || !files.isFile(`${folder}/Cargo.toml`)) return [];
    const read = readLoneManifest(files, folder);
    if (read.ok) return judge(folder, read.value, true);
    judged.add(folder);
    return read.error;
  });
  return [...reached, ...patched];
}
