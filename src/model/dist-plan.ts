import type { EnvironmentChange } from '../base/environment.ts';

/** What a release archive of a project is made of, with all paths resolved: plain data. */
export interface DistPlan {
  /** In the order in which build files added them. */
  readonly scripts: readonly DistScript[];
  /** Those that the build uses. */
  readonly subprojects: readonly DistSubproject[];
  /** Folders of the lock files of npm that TypeScript components use; absolute. */
  readonly npmPackages: readonly string[];
  /** `Cargo.lock` files of the project itself; absolute. */
  readonly cargoLocks: readonly string[];
  readonly licenses: readonly string[];
  /** Where subprojects lie in the source tree. */
  readonly subprojectDir: string;
  /** For which the project is built: `linux-x86_64`. */
  readonly machine: string;
}

/** A script that changes the sources before they are packed (`meson.add_dist_script()`). */
export interface DistScript {
  /** Empty for the top project. */
  readonly subproject: string;
  readonly argv: readonly string[];
  readonly environment: readonly EnvironmentChange[];
}

/** A subproject that goes into release archives. */
export interface DistSubproject {
  /** As `subproject()` names it. */
  readonly name: string;
  /** Where its sources lie; absolute, and outside the source tree for kaon's own packages. */
  readonly directory: string;
  /** The folder below the source tree that it stands for: `subprojects/foo-1.2`. */
  readonly subdir: string;
  readonly version: string;
  readonly licenses: readonly string[];
}
