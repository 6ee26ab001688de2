/**
 * A file that build files speak of. `path` is relative to the root of its tree (the top project's
 * source directory, or the build directory), or absolute; with `/`, normalised.
 */
export interface FileRef {
  readonly tree: 'source' | 'build';
  readonly path: string;
}

export function sourceFile(path: string): FileRef {
  return { tree: 'source', path };
}

export function builtFile(path: string): FileRef {
  return { tree: 'build', path };
}

/** Directories for `-I`: each is looked up in the source tree and, unless `sourceOnly`, at the same path of the build tree. */
export interface IncludeDirectories {
  /** Relative to the source root, or absolute. */
  readonly paths: readonly string[];
  readonly system: boolean;
  readonly sourceOnly: boolean;
  /** Those of `paths` that are there in the build tree alone, before anything is built. */
  readonly configured?: readonly string[];
  /** Paths of the build tree alone. */
  readonly buildPaths: readonly string[];
}
