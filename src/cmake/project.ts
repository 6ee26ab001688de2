import type { TracePlace } from './trace/trace-facts.ts';

declare const rowBrand: unique symbol;
/** A target of a translated project: its place in the list of them. */
export type CmakeRow = number & { readonly [rowBrand]: true };

/** A CMake project in our own terms: plain data, ready to be declared. */
export interface CmakeProject {
  readonly name: string;
  readonly version: string;
  /** In the order that their targets name them. */
  readonly languages: readonly string[];
  readonly rows: readonly CmakeTarget[];
}

/**
 * What a target of CMake's becomes. Many become several: each kind of source is compiled in its own
 * way.
 */
export type CmakeTarget = CmakeBuildTarget | CmakeCustomTarget;

/** Which of our functions declares it. */
export type BuildFunction =
  | 'static_library'
  | 'shared_library'
  | 'shared_module'
  | 'executable'
  | 'header_only';

/** Something that is compiled, or headers that others compile with. */
export interface CmakeBuildTarget {
  readonly kind: 'build';
  readonly name: string;
  readonly cmakeName: string;
  /** The function that declares it; `header_only` declares a dependency alone. */
  readonly function: BuildFunction;
  /** Not a target of CMake's, but some sources of one. */
  readonly isPart: boolean;
  /** Relative to the project's folder, or absolute. */
  readonly sources: readonly string[];
  /** Outputs of custom targets. */
  readonly generatedBy: readonly OutputReference[];
  readonly includes: readonly string[];
  readonly systemIncludes: readonly string[];
  /** By language. */
  readonly compileArgs: ReadonlyMap<string, readonly string[]>;
  readonly linkArgs: readonly string[];
  /** For those that link it. */
  readonly publicCompileArgs: readonly string[];
  readonly publicLinkArgs: readonly string[];
  readonly linkWith: readonly CmakeRow[];
  /** Beside the target itself. */
  readonly publicLinkWith: readonly CmakeRow[];
  readonly objectLibraries: readonly CmakeRow[];
  readonly depends: readonly CmakeRow[];
  readonly overrideOptions: readonly string[];
  readonly isPositionIndependent: boolean;
  readonly version: string | undefined;
  readonly soversion: string | undefined;
  readonly isInstalled: boolean;
  /** Relative to the prefix where it lies below it. */
  readonly installDir: string | undefined;
}

/** Commands of `add_custom_command` or `add_custom_target`. */
export interface CmakeCustomTarget {
  readonly kind: 'custom';
  readonly name: string;
  readonly cmakeName: string;
  /** Names that do not clash within the project. */
  readonly outputs: readonly string[];
  /** Where CMake would have them, absolute; none where it makes no file. */
  readonly originals: readonly string[];
  readonly commands: readonly (readonly CommandWord[])[];
  readonly workingDirectory: string;
  /** Where the command tells what it read, absolute; paths in it count from `binaryDir`. */
  readonly depfile: string | undefined;
  readonly binaryDir: string;
  readonly inputs: readonly (string | OutputReference)[];
  readonly depends: readonly CmakeRow[];
  readonly place: TracePlace;
}

/** A word of a command: a text, the file that a target makes, or a text with the paths of such files in it. */
export type CommandWord =
  | string
  | { readonly target: CmakeRow }
  | { readonly parts: readonly (string | { readonly target: CmakeRow })[] };

/** A file that a custom target makes. */
export interface OutputReference {
  readonly row: CmakeRow;
  /** Which of the custom target's outputs. */
  readonly output: number;
}
