import type { OptionDeclaration, OptionValue } from '../model/option.ts';
import type { DFeatures } from '../model/target.ts';
import type { Toolchain } from '../model/toolchain.ts';
import type { ArgumentList } from './argument-list.ts';

/**
 * What a toolchain can do, as functions over plain data. One is made for each detected toolchain by
 * its family's folder; whoever plans or checks asks here instead of asking for a language or an id.
 * Every list is in the order Meson writes it.
 */
export interface Family {
  readonly toolchain: Toolchain;
  /** Compiler options of this language (`c_std`, `c_args`, …), without `build.`. */
  readonly options: readonly OptionDeclaration[];
  /** Which of the `b_…` options have a meaning for it. */
  readonly baseOptions: readonly string[];
  /** How command lines spell things: `gcc`, `msvc` or nothing known. */
  readonly argumentSyntax: 'gcc' | 'msvc' | '';
  /** Where it is not `-I` and `-L` of compilers that speak as gcc does. */
  readonly folderOptions?: FolderOptions;
  readonly compile: CompileRules;
  /** Absent for a language that cannot drive a linker (nasm, cython, vala). */
  readonly link: LinkRules | undefined;
  /** Absent when no archiver was found, or the compiler makes archives itself (rustc). */
  readonly archive: ArchiveRules | undefined;
  /** Rust's own questions; absent for others. */
  readonly rust: RustRules | undefined;
  /** A list that merges arguments as Meson does: later ones override, `-I` and `-L` go to the front. */
  readonly argumentList: (initial?: readonly string[]) => ArgumentList;
}

/** The value of an option in effect for the target at hand; undefined when there is no such option. */
export type OptionLookup = (name: string) => OptionValue | undefined;

/**
 * How a compiler is told what to do. Functions answer words of a command line; an empty list where
 * nothing is to be said.
 */
export interface CompileRules {
  /** Wrapper (ccache) and compiler, before all arguments. */
  readonly command: readonly string[];
  /** Arguments of the `b_…` options: LTO, colour, sanitizers, PGO, coverage, assertions. Lowest priority: they come first. */
  readonly base: (options: OptionLookup, use?: CompileUse) => readonly string[];
  /** What cannot be overridden (`-D_FILE_OFFSET_BITS=64`). */
  readonly always: readonly string[];
  readonly warnings: (level: string) => readonly string[];
  readonly werror: readonly string[];
  /** `cpp_eh`, `cpp_rtti`, `cpp_debugstl`, …: Meson's get_option_compile_args. */
  readonly options: (options: OptionLookup) => readonly string[];
  /** `-std=…`, `--edition=…`. */
  readonly std: (options: OptionLookup) => readonly string[];
  readonly optimization: (level: string) => readonly string[];
  readonly debug: (on: boolean) => readonly string[];
  readonly pic: readonly string[];
  readonly pie: readonly string[];
  /** `gnu_symbol_visibility`. */
  readonly visibility: (kind: string) => readonly string[];
  /** Of system headers compilers do not warn. */
  readonly include: (path: string, of?: { readonly system: boolean }) => readonly string[];
  readonly threads: readonly string[];
  readonly openmp: readonly string[];
  readonly noStandardIncludes: readonly string[];
  readonly output: (path: string) => readonly string[];
  /** `-c`. */
  readonly only: readonly string[];
  /** All words of a command that reads its source from standard input; undefined when it must be a file. */
  readonly standardInput: ((following: readonly string[]) => readonly string[]) | undefined;
  /** Beside the user's, when something is only tried out: no optimization, unknown flags are errors. */
  readonly check: (mode: 'preprocess' | 'compile' | 'link') => readonly string[];
  readonly preprocessOnly: readonly string[];
  /** Preprocess a file of any suffix (`-E -P -xc`). */
  readonly preprocessToFile: readonly string[];
  /** How the compiler is asked for a depfile; undefined when it cannot write one. */
  readonly depfile: ((output: string, depfile: string) => readonly string[]) | undefined;
  readonly precompiledHeader: PrecompiledHeaderRules | undefined;
  /** What the depfile of an object is called after it, where it is not `d`. */
  readonly depfileSuffix?: string;
  /** Suffixes of files it compiles, without dot, headers not included. */
  readonly suffixes: readonly string[];
  /** Object files' suffix. */
  readonly objectSuffix: string;
  /** One compilation as Meson writes it: command, args, depfile, output, `-c` source. */
  readonly line: (parts: CompileLine) => readonly string[];
  /** Whether compile arguments of dependencies (`-I…` of pkg-config) mean something to it. */
  readonly takesDependencyArgs: boolean;
  /** What it takes of a dependency in place of those. */
  readonly dependencyArgs?: (dependency: DependencyArguments) => readonly string[];
  /** For languages whose sources need files that compiling other sources makes. */
  readonly modules?: ModuleRules;
  /** A whole program in few words, where it is not C's. */
  readonly program?: string;
  /** How integers are asked for, where C's way means nothing. */
  readonly integers?: IntegerCode;
  /** Code that compiles where something of that name can be had, for languages that include no headers. */
  readonly imports?: (name: string) => string;
  /** Checks that mean nothing to it, by the method that asks, and what is said then. */
  readonly refuses?: Readonly<Record<string, string>>;
  /** Its preprocessor cannot be asked whether a header is there: it is included to know. */
  readonly testsIncludes?: false;
  /** How its libraries are found, where they are no files that a linker finds. */
  readonly packages?: PackageRules;
  /** What D's keywords of a target become. */
  readonly features?: (features: FeatureWords) => readonly string[];
  /** Compile arguments take the place of link arguments when it is asked to link. */
  readonly linksByItself?: LinksByItself;
}

/** What planning knows of a dependency that was found. */
export interface DependencyArguments {
  readonly name: string;
  /** Meson's type_name. */
  readonly type: string;
  readonly language: string | undefined;
  readonly compileArgs: readonly string[];
  readonly linkArgs: readonly string[];
}

/** Code by which a compiler tells the value of an integer expression. */
export interface IntegerCode {
  /** A program that prints it. */
  readonly print: (prefix: string, expression: string) => string;
  /** Code that compiles when a declaration means something. */
  readonly declare: (prefix: string, declaration: string) => string;
  /** Code that compiles when a condition on constants holds. */
  readonly holds: (prefix: string, condition: string) => string;
  readonly and: string;
  readonly sizeof: (
    prefix: string,
    type: string,
  ) => { readonly prefix: string; readonly expression: string; readonly declares: string };
  /** Absent where the place of a member in a structure tells it. */
  readonly alignment?: IntegerCode['sizeof'];
}

/** How sources of one target find each other's modules. */
export interface ModuleRules {
  /** Whether sources that are compiled so, and have these names, can be modules at all; where absent, they can. */
  readonly wanted?: (args: readonly string[], names: readonly string[]) => boolean;
  /** Where the modules of all targets are, if not in their private folders; and how others are told of. */
  readonly shared?: {
    readonly folder: string;
    /** The text of a file that maps names to files, and what the compiler is told of it. */
    readonly map: (files: ReadonlyMap<string, string>) => string;
    readonly mapped: (path: string) => readonly string[];
  };
  /** What is said of a single source, beside what all of a target are told. */
  readonly single?: (source: string, madeFile: string | undefined) => readonly string[];
  /** Where compiling a source puts what it makes. */
  readonly output: (folder: string) => readonly string[];
  /** Where others look for it. */
  readonly search: (folder: string) => readonly string[];
  /** The file of a module. */
  readonly file: (name: string) => string;
  readonly scan: (text: string) => ScannedModules;
  /** Modules that the compiler brings. */
  readonly intrinsic: readonly string[];
  /** How the standard library becomes a module, and with what others use it. */
  readonly standard?: {
    readonly make: readonly string[];
    readonly module: string;
    readonly object: string;
    readonly use: readonly string[];
  };
}

/** What a source says of modules, in one case where case means nothing. */
export interface ScannedModules {
  /** Modules it makes: each is a file. */
  readonly provides: readonly string[];
  /** What it makes where only its object tells that it was made. */
  readonly providesPerhaps: readonly string[];
  readonly requires: readonly string[];
  /** Files that are read in its place, relative to it or to an include directory. */
  readonly includes: readonly string[];
}

/** How libraries are found that a compiler knows by name alone, as Vala does. */
export interface PackageRules {
  /** Code that compiles when the arguments are right. */
  readonly code: string;
  readonly args: (name: string) => readonly string[];
  /** The file to look for in folders that the build file names. */
  readonly file: (name: string) => string;
}

/** `DFeatures` with the folders as commands name them. */
export interface FeatureWords extends Omit<DFeatures, 'importDirectories'> {
  readonly importFolders: readonly string[];
}

/** A compiler that links through another one: what it is told of dependencies then. */
export interface LinksByItself {
  readonly dependencyArgs: (dependency: DependencyArguments) => readonly string[];
}

/** What is compiled, where that decides arguments. */
export interface CompileUse {
  /** rustc's crate type; some arguments are not for `proc-macro`s. */
  readonly crateType?: string;
}

/** The parts of one compilation. Paths are relative to the build directory or absolute. */
export interface CompileLine {
  readonly args: readonly string[];
  readonly source: string;
  readonly output: string;
  readonly depfile?: string;
}

/** How a header is compiled once and used many times (Meson's manual: "Precompiled headers"). */
export interface PrecompiledHeaderRules {
  /** Arguments of each compilation that uses it. `folder` holds the compiled header. */
  readonly use: (folder: string, header: string) => readonly string[];
  /** The compiled header's file name. */
  readonly filename: (header: string) => string;
  /** Whether gcc's sort of header must be the first argument of all. */
  readonly line: (parts: CompileLine) => readonly string[];
}

/** How a linker is told what to do, by the compiler that starts it. */
export interface LinkRules {
  /** The program that links, without ccache. */
  readonly command: readonly string[];
  /** Arguments of the `b_…` options and `werror`: Meson's get_base_link_args. Lowest priority: they come first. */
  readonly base: (options: OptionLookup, use: LinkUse) => readonly string[];
  readonly always: readonly string[];
  readonly optimization: (level: string) => readonly string[];
  /** `-shared`, `-pie`, …: what kind of thing is linked. */
  readonly sharedLibrary: readonly string[];
  readonly sharedModule: readonly string[];
  readonly pie: readonly string[];
  /** `-Wl,-soname,libfoo.so.1`. */
  readonly soname: (name: string) => readonly string[];
  readonly exportDynamic: readonly string[];
  /** How a library of the build is named, where its path alone would mean something else. */
  readonly library?: (path: string) => string;
  /**
   * How a shared library without a name of its own is named, so that those who link it do not record
   * its path in the build directory; absent where paths are not recorded.
   */
  readonly nameless?: ((path: string) => readonly string[]) | undefined;
  /** Takes whole archives, all their members. */
  readonly whole: (archives: readonly string[]) => readonly string[];
  readonly rpath: (rpath: Rpath) => RpathArgs;
  readonly threads: (options: OptionLookup) => readonly string[];
  readonly openmp: readonly string[];
  readonly noStandardLibraries: readonly string[];
  readonly importLibrary: (path: string) => readonly string[];
  readonly moduleDefinitions: (path: string) => readonly string[];
  /** `win_subsystem`; nothing where programs are not for Windows. */
  readonly subsystem: (value: string) => readonly string[];
  readonly fatalWarnings: readonly string[];
  /** c_winlibs and their like; nothing on Unix. */
  readonly options: (options: OptionLookup) => readonly string[];
  /** One link as Meson writes it: command, args, output, objects, link args. */
  readonly line: (parts: LinkLine) => readonly string[];
  readonly response: 'gcc' | 'lines' | undefined;
  /** Makes one relocatable object of many (`prelink: true`). */
  readonly prelink: (output: string, objects: readonly string[]) => readonly string[];
  /** Shared libraries cannot be linked. */
  readonly linksShared?: false;
  /** The suffix of libraries that are no binaries and are found by their whole name: `.js`. */
  readonly scriptSuffix?: string;
  /** How link arguments of a dependency are said, where not as they are. */
  readonly dependencyArgs?: (args: readonly string[]) => readonly string[];
  /** Files that are made beside the output without being asked for, and belong to it. */
  readonly beside?: (output: string, linkArgs: readonly string[]) => readonly string[];
  /** Brings in the C++ or Fortran run time when another language's compiler links. */
  readonly standardLibraryFor: (language: string) => readonly string[];
}

/** What is linked, where that decides arguments. */
export interface LinkUse {
  readonly type: 'executable' | 'shared-library' | 'shared-module';
  /** Absolute or relative to where commands run. */
  readonly buildRoot: string;
}

/** The parts of one link. Paths are relative to the build directory or absolute. */
export interface LinkLine {
  /** Arguments before the output: `target` kind, base options. */
  readonly args: readonly string[];
  readonly output: string;
  readonly objects: readonly string[];
  /** Libraries and all that comes after the objects (Meson's LINK_ARGS). */
  readonly linkArgs: readonly string[];
}

/** What a program finds its libraries by. Paths of the build tree are relative to the build root. */
export interface Rpath {
  readonly buildRoot: string;
  /** The target's own folder. */
  readonly from: string;
  /** Folders of libraries it links, as Meson's determine_rpath_dirs gives them. */
  readonly folders: readonly string[];
  readonly buildRpath: string;
  readonly installRpath: string;
}

/** What a linker is told of the folders of shared libraries. */
export interface RpathArgs {
  readonly args: readonly string[];
  /** Entries that installing takes away again. */
  readonly removedAtInstall: readonly string[];
}

/** How a static library is made of objects. */
export interface ArchiveRules {
  readonly command: readonly string[];
  /** `csrD`, with `T` for thin archives inside the build. */
  readonly flags: (archive: { readonly thin: boolean }) => readonly string[];
  readonly line: (parts: {
    readonly thin: boolean;
    readonly output: string;
    readonly objects: readonly string[];
  }) => readonly string[];
  readonly response: 'gcc' | undefined;
}

/** What planning asks of rustc beside what it asks of all compilers. */
export interface RustRules {
  /** The target triple. */
  readonly target: string;
  readonly targetLibraryFolder: string;
  /** `--print cfg`. */
  readonly cfgs: readonly string[];
  /** What a program that links a `staticlib` needs, without what C linkers always add. */
  readonly nativeStaticLibraries: readonly string[];
  /** Arguments for the linker behind rustc: `-C link-arg=…` each. */
  readonly linkArgs: (args: readonly string[]) => readonly string[];
  /** Whether `-l static:+verbatim=` works. */
  readonly verbatim: boolean;
  readonly checkCfg: boolean;
  readonly nightly: boolean;
  /** `rustdoc`, beside this rustc; undefined when there is none. */
  readonly rustdoc: readonly string[] | undefined;
  /** The name `-l` takes for a library's file name, or undefined where rustc could not find it. */
  readonly libraryName: (filename: string) => string | undefined;
  /** How C's libraries are linked statically into all: `target_feature="crt-static"`. */
  readonly staticCrt: boolean;
}

/** The options that name folders; introspection tells these from the root. */
export interface FolderOptions {
  /** The folder stands in the same word: `-Ifolder`. */
  readonly joined: readonly string[];
  /** The next word lists folders, with colons between them. */
  readonly lists: readonly string[];
}
