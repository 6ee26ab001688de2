/** What Cargo's messages tell of a unit of crates, beside what a build makes of it. */
export interface CrateArtifact {
  /** The first output of its action, relative to the build directory. */
  readonly output: string;
  /** As `cargo pkgid` writes it. */
  readonly packageId: string;
  /** Absolute. */
  readonly manifest: string;
  readonly target: ArtifactTarget;
  readonly profile: ArtifactProfile;
  readonly features: readonly string[];
  /** What it makes is run. */
  readonly isProgram: boolean;
  /** Absolute; of the run of a build script, where what it said and made lies. */
  readonly scriptFolder?: string;
}

/** The target of a unit in Cargo's words. */
export interface ArtifactTarget {
  readonly kind: readonly string[];
  readonly crateTypes: readonly string[];
  readonly name: string;
  /** Absolute. */
  readonly source: string;
  readonly edition: string;
  readonly requiredFeatures: readonly string[];
  readonly isDocumented: boolean;
  readonly isDoctested: boolean;
  readonly isTested: boolean;
}

/** What Cargo's messages tell of the profile of a unit, each value as they spell it. */
export interface ArtifactProfile {
  readonly optLevel: string;
  readonly debuginfo: string;
  readonly debugAssertions: boolean;
  readonly overflowChecks: boolean;
  readonly isTest: boolean;
}
