import type { Result } from '../base/result.ts';
import type { Id } from '../base/rows.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Files } from '../host/host.ts';
import type { CfgSet } from './cfg.ts';
import type { CrateMachine } from './crate-abi.ts';
import type { CargoLock } from './lock/lock.ts';
import type { Manifest, WorkspaceManifest } from './manifest/manifest.ts';

export type CrateId = Id<'crate'>;
export type WorkspaceId = Id<'workspace'>;

/** What crates are resolved in: given by whoever reads the build files. */
export interface CargoWorld {
  readonly files: Files;
  /** Absolute folder of the main project. */
  readonly sourceRoot: string;
  /** Its subprojects folder, relative: `subprojects`. */
  readonly subprojects: string;
  readonly lock: CargoLock | undefined;
  readonly isCross: boolean;
  /** What rustc says of a machine. */
  readonly platform: (machine: CrateMachine) => {
    readonly cfgs: CfgSet;
    readonly triple: string | undefined;
  };
  /** The subproject whose wrap provides a dependency. */
  readonly providerOf: (dependency: string) => string | undefined;
  /** Lays a subproject out; its wraps join those that are known. */
  readonly prepare: (subproject: string) => Result<LaidSubproject, Diagnostic>;
}

export interface LaidSubproject {
  /** Absolute. */
  readonly folder: string;
  /** As it stands below the source tree. */
  readonly subdir: string;
  /** Whether it came by a wrap: its warnings are nobody's business here. */
  readonly fromWrap: boolean;
}

/** A package, as resolution left it. */
export interface Crate {
  readonly id: CrateId;
  readonly manifest: Manifest;
  readonly workspace: WorkspaceId;
  /** Relative to its workspace; `.` for the root. */
  readonly member: string;
  /** Absolute. */
  readonly folder: string;
  /** Below the source tree. */
  readonly subdir: string;
  /** The subproject to configure for it; undefined for the workspace's own. */
  readonly subproject: string | undefined;
  readonly fromWrap: boolean;
}

/** What was chosen of a crate for one machine. */
export interface CrateConfiguration {
  readonly features: ReadonlySet<string>;
  /** By the name that the crate knows each by. */
  readonly dependencies: ReadonlyMap<string, CrateId>;
}

export interface CargoWorkspace {
  readonly id: WorkspaceId;
  readonly manifest: WorkspaceManifest;
  /** Absolute. */
  readonly folder: string;
  readonly subdir: string;
  readonly fromWrap: boolean;
  /** By member path. */
  readonly members: ReadonlyMap<string, CrateId>;
  /** Member paths that are to be built, each after those it depends on only by accident. */
  readonly required: readonly string[];
}
