import type { Id, ReadonlyRows } from '../base/rows.ts';

// A number of another table: the row itself is none of this file's business.
type TargetId = Id<'target'>;

/** A package of the workspace or one that it needs; a row of `CrateGraph.packages`. */
export type CratePackageId = Id<'crate-package'>;
/** One run of rustc, of rustdoc, or of a build script. */
export type CrateUnitId = Id<'crate-unit'>;

/**
 * What Cargo would do for some packages of a workspace, as plain data: each unit is one run of a
 * tool, and knows the units that come before it. Equal work is one unit.
 */
export interface CrateGraph {
  /** Absolute folder of the workspace. */
  readonly root: string;
  readonly packages: ReadonlyRows<CratePackageId, CratePackage>;
  /** Each after those it depends on. */
  readonly units: ReadonlyRows<CrateUnitId, CrateUnit>;
  /** What was asked for. */
  readonly roots: readonly CrateUnitId[];
}

/** Crates that are built as Cargo builds them. */
export interface CrateBuild {
  readonly graph: CrateGraph;
  /** Where outputs go, relative to the build directory: `target`. */
  readonly folder: string;
  readonly tools: CrateTools;
  /** What programs and tests of the workspace link of other targets: a row that says so, and makes nothing. */
  readonly links?: TargetId;
}

/** What a unit of some crates makes, or a test that it is. */
export interface CrateProduct {
  /** Which of the model's builds. */
  readonly build: number;
  readonly unit: CrateUnitId;
}

/** What runs the units. */
export interface CrateTools {
  readonly rustc: readonly string[];
  /** Programs that stand before rustc: for all packages, and before those for the workspace's own. */
  readonly wrapper: string | undefined;
  readonly workspaceWrapper: string | undefined;
  readonly rustdoc: readonly string[];
  /** Which of the newer options these take. */
  readonly takes: {
    /** `--check-cfg` of both. */
    readonly checkCfg: boolean;
    /** rustdoc's `--test-run-directory`. */
    readonly testRunDirectory: boolean;
    /** rustc's `--json=future-incompat`, where its report is wanted. */
    readonly futureIncompat: boolean;
  };
  /** What rustup would tell tools, which are started without it; undefined where Rust is not its own. */
  readonly rustup: { readonly toolchain: string; readonly libraries: string } | undefined;
  /** For `CARGO`; scripts call it. */
  readonly cargo: string;
  /** Runs build scripts and writes down what they say: a command of kaon's own. */
  readonly scriptRunner: readonly string[];
  readonly sides: Readonly<Record<UnitSide, CrateMachineTools>>;
  /** `[env]` of the user's configuration. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names in `[env]` that count only where the environment has them not. */
  readonly overridable?: readonly string[];
}

/** What is known of a machine that units are for. */
export interface CrateMachineTools {
  readonly triple: string;
  /** Said to rustc by `--target`; not where the machine is the one that builds. */
  readonly isNamed: boolean;
  readonly sysroot: string;
  readonly linker: string | undefined;
  readonly rustflags: readonly string[];
  readonly rustdocflags: readonly string[];
  /** Runs programs of the machine, where something has to. */
  readonly runner: readonly string[];
  /** What the configuration says in place of build scripts, in their words, by `links`. */
  readonly scriptOutputs: Readonly<Record<string, string>>;
  /** `CARGO_CFG_…` of build scripts, by name in capitals. */
  readonly cfgs: Readonly<Record<string, string>>;
}

/**
 * What the tools and build scripts are told of a package (Cargo's reference: "Environment
 * Variables").
 */
export interface CratePackage {
  readonly name: string;
  readonly version: string;
  readonly source: CrateOrigin;
  /** Absolute. */
  readonly folder: string;
  readonly isMember: boolean;
  /** The native library that it stands for: its build script's results have this name. */
  readonly links: string | undefined;
  /** Which of its programs is run where none is named. */
  readonly defaultRun?: string;
  /** Names of all its programs, those that are not built too. */
  readonly programs: readonly string[];
  /** What a build script may give arguments for: `bin=NAME` of all programs; `test`, `example`, `bench`. */
  readonly linkedTargets: readonly string[];
  /** All its targets as the runner of its build script names them, whichever are built. */
  readonly scriptConsumers: readonly string[];
  /** `CARGO_PKG_…`, as every tool sees them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lints, as rustc's arguments. */
  readonly lints: readonly string[];
  /** All features it has, those of optional dependencies too. Sorted. */
  readonly declaredFeatures: readonly string[];
  /** `[package.metadata]` and all else do not matter; the lints' further `--check-cfg` do. */
  readonly checkCfg: readonly string[];
}

/** The text is as a lock file has it: `git+https://host/name?branch=b#commit`. */
export type CrateOrigin =
  | { readonly kind: 'path' }
  | { readonly kind: 'registry' | 'git' | 'other'; readonly text: string };

/**
 * What is done: compile it, compile it with `--test`, have rustdoc run its examples, run the
 * compiled build script.
 */
export type UnitMode = 'build' | 'test' | 'doctest' | 'run-script';

/** Where a unit's product runs: on the machine that builds, or on the one that is built for. */
export type UnitSide = 'build' | 'host';

/**
 * One run of a tool. What is equal in all of this is one unit, so that nothing is compiled twice.
 */
export interface CrateUnit {
  readonly package: CratePackageId;
  readonly target: UnitTarget;
  readonly mode: UnitMode;
  readonly side: UnitSide;
  readonly profile: UnitProfile;
  /** Sorted. */
  readonly features: readonly string[];
  readonly dependencies: readonly UnitDependency[];
  /** rustc's arguments that say what link time optimisation needs of it. */
  readonly lto: readonly string[];
  /** Part of the names of its outputs: other work has another. */
  readonly hash: string;
  /** Something of its package was asked for. */
  readonly isSelected: boolean;
}

/** A unit that comes before another one and is told to it. */
export interface UnitDependency {
  readonly unit: CrateUnitId;
  /** The name that the source knows it by. */
  readonly externName: string;
  /** Only for tests and examples. */
  readonly isDev: boolean;
}

/** Cargo's kinds of targets (its reference: "Cargo Targets"). */
export type UnitTargetKind = 'lib' | 'bin' | 'test' | 'example' | 'bench' | 'build-script';

/** A target of a package, with the settings that its table in the manifest may have. */
export interface UnitTarget {
  readonly kind: UnitTargetKind;
  readonly name: string;
  readonly crateTypes: readonly string[];
  /** Absolute. */
  readonly path: string;
  /** The same as the manifest has it, where that leads through a folder above: the compiler is told that. */
  readonly spelled?: string;
  readonly edition: string;
  readonly harness: boolean;
  readonly doctest: boolean;
  /** Whether rustdoc documents it. */
  readonly doc: boolean;
  /** Whether `--tests` means it, and `--benches`. */
  readonly test: boolean;
  readonly bench: boolean;
  /** It is built only where all of these are on. */
  readonly requiredFeatures: readonly string[];
}

/** Settings of the compiler, in Cargo's words. */
export interface UnitProfile {
  /** `dev`, `release`, `test`, `bench`, or a name of the user's. */
  readonly name: string;
  readonly optLevel: string;
  /** `false`, `off`, `thin`, `fat` or `true`. */
  readonly lto: string;
  readonly codegenUnits: number | undefined;
  /** `0`, `1`, `2`, `line-tables-only`, `line-directives-only`. */
  readonly debuginfo: string;
  readonly splitDebuginfo: string | undefined;
  readonly debugAssertions: boolean;
  readonly overflowChecks: boolean;
  readonly rpath: boolean;
  readonly incremental: boolean;
  readonly panic: string;
  /** `none`, `debuginfo`, `symbols`. */
  readonly strip: string;
}
