import type { Source } from '../../diag/source.ts';

/** A `Cargo.toml` with its inheritance and discovered targets filled in. */
export interface Manifest {
  readonly source: Source;
  readonly package: PackageFields;
  readonly dependencies: ReadonlyMap<string, CrateDependency>;
  readonly devDependencies: ReadonlyMap<string, CrateDependency>;
  readonly buildDependencies: ReadonlyMap<string, CrateDependency>;
  /** Of `[target.KEY]` tables: conditions or triples. */
  readonly platforms: readonly PlatformDependencies[];
  readonly library: LibraryTarget | undefined;
  /** By name. */
  readonly binaries: ReadonlyMap<string, CrateTarget>;
  readonly tests: readonly CrateTarget[];
  readonly examples: readonly CrateTarget[];
  readonly benches: readonly CrateTarget[];
  /** What is declared without a path and lies nowhere that Cargo looks at. */
  readonly missing: readonly {
    readonly kind: 'bin' | 'test' | 'example' | 'bench';
    readonly name: string;
  }[];
  /** Sources that no target has, as the edition of 2015 looks no further where some are declared. */
  readonly overlooked: readonly {
    readonly kind: 'bin' | 'test' | 'example' | 'bench';
    /** What would say that this is meant: `autotests`. */
    readonly key: string;
    readonly paths: readonly string[];
  }[];
  /** `build.rs` or what `build` names; undefined where there is none. */
  readonly buildScript: string | undefined;
  /** By name, with `default` and the implicit ones of optional dependencies. */
  readonly features: ReadonlyMap<string, readonly string[]>;
  /** Whether `default` was written down; else it is there all the same, and empty. */
  readonly declaresDefault: boolean;
  readonly lints: readonly Lint[];
}

export interface PackageFields {
  readonly name: string;
  readonly version: string;
  readonly edition: string;
  readonly authors: readonly string[];
  readonly description: string;
  readonly homepage: string;
  readonly repository: string;
  readonly license: string;
  readonly licenseFile: string;
  readonly readme: string;
  readonly rustVersion: string;
  readonly links: string | undefined;
  /** Which of several programs `cargo run` means. */
  readonly defaultRun: string | undefined;
  /** `[package.metadata.system-deps]`. */
  readonly systemDependencies: readonly SystemDependency[];
  /** Keys that mean nothing to us. */
  readonly unknownKeys: readonly string[];
}

/** A library that a crate wants from the system, by pkg-config name. */
export interface SystemDependency {
  /** Its key in the manifest. */
  readonly key: string;
  readonly name: string;
  /** Requirements in Meson's words. */
  readonly versions: readonly string[];
  readonly optional: boolean;
  /** Wanted only with this feature. */
  readonly feature: string | undefined;
}

export interface CrateDependency {
  /** The name that the dependent crate knows it by. */
  readonly key: string;
  /** Its own name: `package`, else the key. */
  readonly crate: string;
  /** Requirement; empty where a path or a repository says it all. */
  readonly version: string;
  /** Relative to the package's folder. */
  readonly path: string | undefined;
  readonly git:
    | {
        readonly url: string;
        readonly branch: string | undefined;
        /** `branch=x`, `tag=x`, `rev=x`, or nothing. */
        readonly reference: string;
      }
    | undefined;
  /** Another registry than the usual one: its name in Cargo's configuration, or its address. */
  readonly registry: string | undefined;
  readonly optional: boolean;
  readonly defaultFeatures: boolean;
  readonly features: readonly string[];
}

export interface PlatformDependencies {
  readonly key: string;
  readonly dependencies: ReadonlyMap<string, CrateDependency>;
  readonly devDependencies: ReadonlyMap<string, CrateDependency>;
  readonly buildDependencies: ReadonlyMap<string, CrateDependency>;
}

export type CrateType = 'bin' | 'lib' | 'rlib' | 'dylib' | 'cdylib' | 'staticlib' | 'proc-macro';

/** A program, test, example or benchmark. */
export interface CrateTarget {
  readonly name: string;
  /** Relative to the package's folder. */
  readonly path: string;
  readonly edition: string;
  readonly requiredFeatures: readonly string[];
  readonly harness: boolean;
  readonly test: boolean;
  readonly bench: boolean;
  readonly doc: boolean;
  /** `bin` where an example is none of the libraries it may be. */
  readonly crateTypes: readonly CrateType[];
}

export interface LibraryTarget extends CrateTarget {
  readonly doctest: boolean;
}

/** One line of `[lints]`; those that come later win. */
export interface Lint {
  /** With its tool: `clippy::all`. */
  readonly name: string;
  readonly level: 'allow' | 'warn' | 'deny' | 'forbid';
  readonly priority: number;
  /** Further `--check-cfg` of `unexpected_cfgs`. */
  readonly checkCfg: readonly string[];
}

/** The `[workspace]` of a manifest. */
export interface WorkspaceManifest {
  readonly source: Source;
  /** Folders, relative to the workspace, globs expanded. */
  readonly members: readonly string[];
  /** Those built when nobody says which. */
  readonly defaultMembers: readonly string[];
  readonly root: Manifest | undefined;
  readonly inheritable: Inheritable;
  /** Raw `[patch]`. */
  readonly patch: unknown;
  readonly hasProfiles: boolean;
}

/** What members may take over with `workspace = true`, as it stands in the file. */
export interface Inheritable {
  readonly package: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, unknown>>;
  readonly lints: Readonly<Record<string, unknown>>;
}

/** Whether the library is a proc macro and nothing else, so that it is built once, for the build machine. */
export function isProcMacro({ library }: Manifest): boolean {
  return library?.crateTypes.length === 1 && library.crateTypes[0] === 'proc-macro';
}

/** Its lines of dependencies, of all kinds and platforms. */
export function allDependencies(manifest: Manifest): readonly CrateDependency[] {
  return [manifest, ...manifest.platforms].flatMap((tables) =>
    [tables.dependencies, tables.devDependencies, tables.buildDependencies].flatMap((table) => [
      ...table.values(),
    ]),
  );
}
