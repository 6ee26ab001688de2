/**
 * A file that build files speak of. `path` is relative to the root of its tree (the top project's
 * source directory, or the build directory), or absolute; with `/`, normalised.
 */
export interface FileRef {
  readonly tree: 'source' | 'build';
  readonly path: string;
  /**
   * The path as the build file wrote it, where it has `..` or `.` in it: commands of the project are
   * given it so, as what they make may quote it.
   */
  readonly spelled?: string;
}

/** A file of the source tree. */
export function sourceFile(path: string): FileRef {
  return { tree: 'source', path };
}

/** A file of the build tree. */
export function builtFile(path: string): FileRef {
  return { tree: 'build', path };
}

/** The path of a build file that counts only for being there or not, whatever it holds. */
export function whetherThere(path: string): string {
  return `${path}?`;
}

/** The path that `whetherThere` was said of; undefined for any other. */
export function askedToBeThere(path: string): string | undefined {
  return path.endsWith('?') ? path.slice(0, -1) : undefined;
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
