import { manifestFaults } from '../../../src/cargo/faults/manifest-faults.ts';
import { loadWorkspace } from '../../../src/cargo/units/packages/load-workspace.ts';
import { writtenManifests } from '../../../src/cargo/units/packages/written-manifest.ts';
import { MemoryHost } from '../../support/memory-host.ts';

export const fields = 'name = "own"\nversion = "1.0.0"\nedition = "2021"\n';

/** What Cargo would refuse of a workspace. */
export function faults(files: Readonly<Record<string, string>>): readonly string[] {
  const { files: world } = new MemoryHost(files);
  const workspace = loadWorkspace(world, '/project');
  if (!workspace.ok) return workspace.error.map(({ message }) => message);
  const manifests = writtenManifests(world, workspace.value);
  return manifestFaults(world, manifests, { workspace: workspace.value }).map(
    ({ message }) => message,
  );
}

/** Of a package with a library and a program, and what else its manifest says. */
export function said(
  more: string,
  others: Readonly<Record<string, string>> = {},
): readonly string[] {
  return faults({
    'Cargo.toml': `[package]\n${fields}${more}`,
    ...{ 'src/lib.rs': '', 'src/main.rs': '' },
    'dep/Cargo.toml': '[package]\nname = "dep"\nversion = "1.0.0"\n',
    'dep/src/lib.rs': '',
    ...others,
  });
}
