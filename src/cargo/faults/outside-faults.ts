import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import { tomlIn, workspaceRootOf } from '../units/packages/load-workspace.ts';
import type { PackageSet } from '../units/packages/package-set.ts';
import { packagesInFolders } from '../units/packages/selected-packages.ts';
import { writtenManifest } from '../units/packages/written-manifest.ts';
import { manifestFaults } from './manifest-faults.ts';

/** Why Cargo would refuse manifests of packages that members name by folder and that are none themselves. */
export function outsideFaults(
  files: Files,
  packages: PackageSet,
  knowsRegistry: (name: string) => boolean,
): readonly Diagnostic[] {
  const members = [...packages.members.values()];
  const named = new Set(members.flatMap((id) => packages.dependencies(id).map(({ to }) => to)));
  return [...packagesInFolders(packages)].flatMap((id) => {
    const of = packages.package(id);
    if (of === undefined || of.isMember) return [];
    const root = workspaceRootOf(files, of.folder) ?? of.folder;
    return manifestFaults(files, writtenManifest(files, of.folder), {
      workspace: { ...packages.workspace, rootToml: tomlIn(files, root) ?? {} },
      manifest: of.manifest,
      knowsRegistry,
      forgives: !named.has(id),
    });
  });
}
