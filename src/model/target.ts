import type { EnvironmentChange } from '../base/environment.ts';
import type { Id } from '../base/rows.ts';
import type { CrateProduct } from './crate-graph.ts';
import type { FileRef, IncludeDirectories } from './file.ts';
import type { InstallMode } from './install-mode.ts';
import type { MachineChoice } from './machine.ts';
import type { OptionValue } from './option.ts';
import type { Language } from './toolchain.ts';

/** The top project or a subproject; a row of `Model.projects`. */
export type ProjectId = Id<'project'>;
/** A row of `Model.targets`, in the order of declaration. */
export type TargetId = Id<'target'>;
/** A row of `Model.dependencies`. */
export type DependencyId = Id<'dependency'>;
/** A row of `Model.generatedLists`. */
export type GeneratedListId = Id<'generated-list'>;

/** What a build file declares to be built. */
export type Target = BuildTarget | CustomTarget | RunTarget | AliasTarget;

/** The folder for the outputs of all targets where `layout` is `flat`. */
export const flatFolder = 'meson-out';

interface TargetBase {
  readonly name: string;
  readonly project: ProjectId;
  /** The folder of the declaring build file, relative to the source root; also the folder of its outputs in the build tree. */
  readonly subdir: string;
  /** Where outputs lie in the build tree (differs from `subdir` for bundled subprojects and `layout=flat`). */
  readonly buildSubdir: string;
  /** Meson's id (`name@@hash@type`-like): stable, unique, for introspection. */
  readonly introspectionId: string;
  readonly definedIn: FileRef;
  readonly buildByDefault: boolean;
}

/** A source, input or object as given to a target. */
export type Item =
  | { readonly kind: 'file'; readonly file: FileRef }
  | {
      readonly kind: 'output';
      readonly target: TargetId;
      readonly output: number;
      /** The build file named this output alone: `target[0]`. */
      readonly indexed?: true;
    }
  | { readonly kind: 'generated'; readonly list: GeneratedListId }
  | {
      readonly kind: 'extracted';
      /** Objects of a build target: all of it, or those of some sources. */
      readonly target: TargetId;
      readonly sources: readonly Item[] | 'all';
      /** Also the objects that target itself was given. */
      readonly recursive: boolean;
    };

/** Something to link with. */
export type LinkItem =
  | {
      readonly kind: 'target';
      readonly target: TargetId;
      /** This half of `both_libraries`, never its twin. */
      readonly exact?: true;
    }
  | { readonly kind: 'output'; readonly target: TargetId; readonly output: number };

/**
 * What is linked or archived in the end. `library()` has become one of these; `both_libraries()`
 * two targets.
 */
export type BuildTargetType =
  | 'executable'
  | 'static-library'
  | 'shared-library'
  | 'shared-module'
  | 'jar';

/** A program or library (`executable`, `library`, …). Sources and link items as declared; dependencies not yet flattened. */
export interface BuildTarget extends TargetBase {
  readonly kind: 'build';
  readonly type: BuildTargetType;
  readonly machine: MachineChoice;
  /** What `native:` says even where build and host machine are one: chooses among `add_project_arguments(native: …)`. */
  readonly askedMachine: MachineChoice;
  /** The main output's file name (`libfoo.so.1.2.3`). */
  readonly filename: string;
  /** `name_prefix` and `name_suffix`, where the build file says them: linkers may not find such a library by its name. */
  readonly givenNames?: { readonly prefix?: string; readonly suffix?: string };
  /** Other outputs made with it, each a file name: import libraries, debug files, headers of Vala. */
  readonly extraOutputs: readonly string[];
  /** One of the other outputs: what users of a Windows library are linked with. */
  readonly importLibrary?: string;
  /** Links beside a versioned shared library: name → what it points to (`libfoo.so` → `libfoo.so.1`). */
  readonly aliases: readonly { readonly name: string; readonly to: string }[];
  readonly soname: string | undefined;
  /** The function that declared it: what `library()` made shared might as well be static. */
  readonly declaredBy?: string;
  readonly sources: readonly Item[];
  /** Rust's structured sources: path below the crate's root → items. Empty when none. */
  readonly structuredSources: readonly {
    readonly folder: string;
    readonly items: readonly Item[];
  }[];
  readonly objects: readonly Item[];
  readonly extraFiles: readonly FileRef[];
  /** Languages it compiles, in order of first use. */
  readonly languages: readonly Language[];
  /** Languages it links, its own and those of the static libraries it takes in. */
  readonly linkLanguage: Language | undefined;
  readonly compileArgs: ReadonlyMap<Language, readonly string[]>;
  readonly linkArgs: readonly string[];
  readonly linkDepends: readonly Item[];
  readonly linkWith: readonly LinkItem[];
  readonly linkWhole: readonly LinkItem[];
  readonly dependencies: readonly DependencyId[];
  readonly includeDirectories: readonly IncludeDirectories[];
  readonly implicitIncludeDirectories: boolean;
  /** Static libraries and executables: position independent. Shared ones always are. */
  readonly pic: boolean;
  readonly pie: boolean | undefined;
  readonly exportDynamic: boolean;
  readonly gnuSymbolVisibility: string;
  readonly precompiledHeaders: ReadonlyMap<Language, readonly FileRef[]>;
  readonly vsModuleDefs: Item | undefined;
  readonly installRpath: string;
  readonly buildRpath: string;
  readonly overrideOptions: ReadonlyMap<string, OptionValue>;
  readonly rust: RustKeywords | undefined;
  /** The other half of `both_libraries`: a shared library's static twin and the reverse. */
  readonly twin: TargetId | undefined;
  /** Compiles nothing, not even sources that dependencies bring: its `objects` are its twin's, which has all of them. */
  readonly takesTwinObjects?: true;
  readonly install: BuildTargetInstall | undefined;
  /** Its own `install_dir`, also where it is not installed: a pkg-config file tells of it all the same. */
  readonly customInstallFolder?: string | undefined;
  /** Files that go into an archive of classes as they are: path below its root → items. */
  readonly resources?: BuildTarget['structuredSources'];
  /** What sources that exist say of the modules they make and need. */
  readonly modules?: readonly SourceModules[];
  /** What D's keywords ask, where they ask anything. */
  readonly d?: DFeatures;
  /** Keywords of single languages (vala, java, cython, d, …), by Meson's name. */
  readonly languageKeywords: ReadonlyMap<string, unknown>;
}

/** What is compiled of D's sources, and how. */
export interface DFeatures {
  /** With the unit tests that stand among the code. */
  readonly unittest: boolean;
  /** Names and levels of `debug` conditions. */
  readonly debug: readonly string[];
  /** Names and levels of `version` conditions. */
  readonly versions: readonly string[];
  /** Where files are looked for that code takes in as text. */
  readonly importDirectories: readonly IncludeDirectories[];
}

/** Modules of one source, by name. */
export interface SourceModules {
  readonly source: Item;
  readonly language: Language;
  /** Which input of a generator's list the source is made of. */
  readonly input: number;
  /** Each of them is a file that compiling the source makes. */
  readonly provides: readonly string[];
  /** Made as well, but perhaps not as a file of their own, or not at all. */
  readonly providesPerhaps: readonly string[];
  readonly requires: readonly string[];
  /** Files that it includes: the compiler does not tell of them. */
  readonly includes: readonly FileRef[];
}

/**
 * What Rust's keywords of a target say (`rust_crate_type`, `rust_dependency_map`, …), and the
 * module `rust`.
 */
export interface RustKeywords {
  /** rustc's crate type: `bin`, `rlib`, `dylib`, `staticlib`, `cdylib`, `proc-macro`. */
  readonly crateType: string;
  /** Which source is the crate's root, when not the first. */
  readonly root: Item | undefined;
  /** Names under which dependencies appear in the source: crate → name. */
  readonly dependencyMap: ReadonlyMap<string, string>;
  /** Built with `--test`. */
  readonly test: boolean;
  /** A documentation test: `rustdoc --test`, run by `test`. */
  readonly doctest: boolean;
  /** The crate whose documentation that is. */
  readonly documented?: TargetId;
  /** The run of the crate's build script: what it says counts for this target and for who links it. */
  readonly script?: CrateProduct;
  /** `CARGO_…`, as rustc sees them. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Where the outputs of a target go. The lists are parallel to its outputs, the main one first; a lone
 * directory of a custom target is meant for all of them.
 */
export interface BuildTargetInstall {
  /** Absolute or relative to the prefix; one per output, `undefined` where the output stays. */
  readonly directories: readonly (string | undefined)[];
  readonly mode: InstallMode | undefined;
  readonly tags: readonly (string | undefined)[];
  /** The directories as introspection shows them (`{bindir}`), where the build file named them by an option. */
  readonly placeholders?: readonly (string | undefined)[];
}

/** A word of a custom command: text with Meson's `@…@` still in it, or a thing whose path is put there. */
export type CommandWord =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly file: FileRef }
  | { readonly kind: 'program'; readonly command: readonly string[] }
  | {
      /** A target's output; as the first word it is the program. `runner` precedes it (an interpreter, an exe wrapper). */
      readonly kind: 'target';
      readonly target: TargetId;
      /** `all-beside`: also what its linker makes beside it. */
      readonly output: number | 'all' | 'all-beside';
      readonly runner?: readonly string[];
      /** One output named alone (`target[0]`): introspection tells where it lies, as of a file. */
      readonly indexed?: true;
    };

/** `custom_target` (and what modules make of it). */
export interface CustomTarget extends TargetBase {
  readonly kind: 'custom';
  readonly inputs: readonly Item[];
  /** File names, `@BASENAME@` and `@PLAINNAME@` resolved. */
  readonly outputs: readonly string[];
  /** Further files that the command makes, below the build root: no build file names them, but compilers may read them. */
  readonly alsoMakes?: readonly string[];
  /** One of these says what is in the output, a folder: who uses that depends on it. */
  readonly contents?: string;
  readonly command: readonly CommandWord[];
  /** What is asked in each build; the file that holds the answer is an input, and `@ANSWER@` in the command. */
  readonly question?: readonly CommandWord[];
  readonly capture: boolean;
  readonly feed: boolean;
  readonly console: boolean;
  /** A file name with templates resolved. */
  readonly depfile: { readonly name: string; readonly format: 'make' | 'esbuild' } | undefined;
  readonly depends: readonly TargetId[];
  readonly dependFiles: readonly FileRef[];
  readonly environment: readonly EnvironmentChange[];
  readonly buildAlwaysStale: boolean;
  /** Inputs stand in the command by their whole paths: the tool writes them into its output. */
  readonly absoluteInputs?: true;
  readonly install: BuildTargetInstall | undefined;
  /** The planner makes an action of kaon's own instead of running `command`, which is empty: the input is copied (`fs.copyfile`). */
  readonly builtin?: 'copy';
  /** The outputs are those of a crate's unit under plainer names; `command` is empty. */
  readonly crate?: CrateProduct;
  /** It compiles resources of this description, found in these folders (as commands name them): other compilers ask. */
  readonly resources?: { readonly description: FileRef; readonly folders: readonly string[] };
  /** One source of a `compiler.preprocess()`: introspection tells of the whole call as of one target. */
  readonly preprocessing?: Preprocessing;
  /** What people read while it runs; `Generating NAME with a custom command` when absent. */
  readonly description: string | undefined;
}

/** How a source is preprocessed (`compiler.preprocess()`), as introspection tells it. */
export interface Preprocessing {
  readonly language: Language;
  readonly machine: MachineChoice;
  readonly compiler: readonly string[];
  /** But for those that name the source and its output; with `@BUILD_ROOT@` and `@CURRENT_SOURCE_DIR@`. */
  readonly parameters: readonly string[];
  readonly dependencies: readonly DependencyId[];
  /** Of the sources of the call; the others lie in the same folder. */
  readonly isFirst: boolean;
}

/** `run_target`: a command without outputs that runs when asked for. */
export interface RunTarget extends TargetBase {
  readonly kind: 'run';
  readonly command: readonly CommandWord[];
  readonly depends: readonly TargetId[];
  readonly environment: readonly EnvironmentChange[];
}

/** `alias_target`. */
export interface AliasTarget extends TargetBase {
  readonly kind: 'alias';
  readonly targets: readonly TargetId[];
}

/** One call of a generator's `process`: each using target makes the outputs in its own private folder. */
export interface GeneratedList {
  readonly subdir: string;
  readonly program: CommandWord;
  /** With `@INPUT@`, `@OUTPUT@`, `@BASENAME@`, `@EXTRA_ARGS@`, … unresolved. */
  readonly arguments: readonly string[];
  readonly outputs: readonly string[];
  readonly inputs: readonly Item[];
  readonly extraArguments: readonly string[];
  readonly preservePathFrom: string | undefined;
  readonly environment: readonly EnvironmentChange[];
  readonly depfile: string | undefined;
  readonly capture: boolean;
  readonly depends: readonly TargetId[];
}
