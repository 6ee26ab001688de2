import type { EnvironmentChange } from '../base/environment.ts';
import type { CrateTargetName } from './crate-target-name.ts';
import type { TargetId } from './target.ts';
import type { Language } from './toolchain.ts';

/** What planning made of a target: what people ask for it by, and what tools ask of it. */
export interface PlannedTarget {
  readonly id: TargetId;
  readonly name: string;
  /** The folder that may precede its name. */
  readonly subdir: string;
  /** As `kaon compile NAME:TYPE` says it: `executable`, `static_library`, `custom`, `run`, `alias`, … */
  readonly type: string;
  /** What to build for it: files as the graph names them, relative to the build directory. */
  readonly files: readonly string[];
  /** The name of its goal; only run targets and aliases have one. */
  readonly goal: string | undefined;
  /** All outputs, relative to the build directory; those that are built first come first. */
  readonly outputs: readonly string[];
  /** Links beside a shared library. */
  readonly aliases: readonly string[];
  readonly compilations: readonly Compilation[];
  readonly linker: TargetLinker | undefined;
  /** Entries of its rpath that are only for the build directory. */
  readonly rpathToRemove: readonly string[];
  /** Names of dependencies outside the project. */
  readonly dependencies: readonly string[];
  readonly crate: CrateFacts | undefined;
  /** A program that is not started by its file alone. */
  readonly program?: StartedProgram;
  /** What Cargo's rules call it. */
  readonly crateTarget?: CrateTargetName;
}

/** How a program is run that Cargo's rules build, or that another program runs. */
export interface StartedProgram {
  /** Its arguments come after it. */
  readonly argv: readonly string[];
  readonly environment: readonly EnvironmentChange[];
  /** Its package says that it is the one to run. */
  readonly isDefault: boolean;
  /** It is an example: run only by its name. */
  readonly isExample?: true;
}

/** Sources that one set of arguments compiles. Paths are absolute. */
export interface Compilation {
  readonly language: Language;
  readonly machine: string;
  readonly compiler: readonly string[];
  readonly parameters: readonly string[];
  readonly sources: readonly string[];
  readonly generatedSources: readonly string[];
  readonly unitySources: readonly string[];
}

/** How a target is linked; the parameters are those that its command has beside its inputs. */
export interface TargetLinker {
  readonly command: readonly string[];
  readonly parameters: readonly string[];
}

/** A Rust crate as rust-analyzer wants to know it. */
export interface CrateFacts {
  /** The target's name, by which other crates' dependencies speak of it. */
  readonly name: string;
  readonly displayName: string;
  readonly rootModule: string;
  readonly edition: string;
  readonly cfgs: readonly string[];
  readonly isWorkspaceMember: boolean;
  /** The library that a proc macro becomes, absolute. */
  readonly procMacro: string | undefined;
  readonly dependencies: readonly { readonly target: string; readonly name: string }[];
  readonly call: CrateCall;
  /** Arguments and variables that a build script has written, absolute; they may not be there yet. */
  readonly said?: { readonly args: string; readonly variables: string };
}

/** How rustc is called for a crate: linting and documenting it repeats that. */
export interface CrateCall {
  readonly compiler: string;
  /** Without the source. */
  readonly args: readonly string[];
  /** As the compiler is told it. */
  readonly source: string;
  /** Absolute. */
  readonly cwd: string;
  readonly environment: readonly EnvironmentChange[];
  /** The manifest's lints are among the arguments. */
  readonly hasLints: boolean;
  /** What rustdoc is told besides: `rustdocflags` of Cargo's configuration. False where its manifest wants no pages. */
  readonly rustdoc?: false | readonly string[];
}

/** A crate that Cargo's rules build: no target of a build file. */
export interface PlannedCrate extends CrateFacts {
  readonly kind: 'bin' | 'lib' | 'test';
  /** The target that brings its product to its plain name. */
  readonly product: string | undefined;
  /** Absolute. */
  readonly manifest: string;
}
