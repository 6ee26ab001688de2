import type { Manifest, WorkspaceManifest } from './manifest/manifest.ts';

/** A package without a workspace is one of a single member. */
export function loneWorkspace(manifest: Manifest): WorkspaceManifest {
  return {
    source: manifest.source,
    members: ['.'],
    defaultMembers: ['.'],
    root: manifest,
    inheritable: { package: {}, dependencies: {}, lints: {} },
    patch: undefined,
    hasProfiles: false,
  };
}
