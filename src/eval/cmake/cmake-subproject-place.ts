/** Where a CMake subproject lies and is built. */
export interface CmakeSubprojectPlace {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  /** In the build tree, relative to the build root. */
  readonly buildSubdir: string;
  /** For the build machine. */
  readonly native: boolean;
}
