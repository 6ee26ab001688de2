import type { Files } from '../../host/host.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Table } from '../manifest/toml.ts';
import type { LoadedWorkspace } from '../units/packages/load-workspace.ts';
import type { WrittenManifest } from '../units/packages/written-manifest.ts';

/** A manifest of a workspace, for those who look for what Cargo would refuse. */
export interface Judged extends WrittenManifest {
  readonly files: Files;
  readonly workspace: LoadedWorkspace;
  /** `[profile]` of the user's configuration. */
  readonly configured: Table;
  /** Whether that says where the registry of a name lies. */
  readonly knowsRegistry: (name: string) => boolean;
  readonly isRoot: boolean;
  /** Of its package, where it has one. */
  readonly manifest: Manifest | undefined;
}

/** Why Cargo would refuse a manifest, in its words. */
export interface ManifestFault {
  /** Where it stands. */
  readonly key: string;
  /** Of several lines with that key, the one that says this. */
  readonly value?: string;
  readonly message: string;
  readonly hint?: string;
  /** Cargo takes it of packages that no member names. */
  readonly isForgiven?: boolean;
}

export type Rule = (judged: Judged) => readonly ManifestFault[];
