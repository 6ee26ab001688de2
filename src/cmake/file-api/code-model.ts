/** What CMake's file API tells of a configured project. */
export interface CodeModel {
  /** Absolute, as CMake names it. */
  readonly sourceDir: string;
  readonly buildDir: string;
  /** Of the outermost `project()`. */
  readonly projectName: string;
  readonly projectVersion: string;
  readonly targets: readonly ApiTarget[];
  /** The build folder of each source folder that holds a CMakeLists.txt. */
  readonly directories: ReadonlyMap<string, string>;
  /** Files that CMake read to configure, its own left out. */
  readonly inputs: readonly string[];
}

/** A target as the file API tells it (CMake's manual: "cmake-file-api", "codemodel"). */
export interface ApiTarget {
  readonly name: string;
  /** `EXECUTABLE`, `STATIC_LIBRARY`, `SHARED_LIBRARY`, `MODULE_LIBRARY`, `OBJECT_LIBRARY`, `INTERFACE_LIBRARY`, `UTILITY`. */
  readonly type: string;
  readonly nameOnDisk: string;
  /** Absolute. */
  readonly artifacts: readonly string[];
  readonly isInstalled: boolean;
  /** Absolute; undefined where it is not installed. */
  readonly installDir: string | undefined;
  readonly linkFlags: readonly string[];
  readonly linkLibraries: readonly string[];
  readonly groups: readonly SourceGroup[];
}

/** Sources that are compiled alike, or that are not compiled at all. */
export interface SourceGroup {
  /** CMake's name of it (`CXX`); undefined for files that nothing compiles: headers, objects, texts. */
  readonly language: string | undefined;
  readonly flags: readonly string[];
  readonly defines: readonly string[];
  readonly includes: readonly { readonly path: string; readonly isSystem: boolean }[];
  /** Relative to the top source folder, or absolute. */
  readonly sources: readonly string[];
  readonly areGenerated: boolean;
}
