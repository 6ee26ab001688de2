import type { EnvironmentChange } from '../base/environment.ts';
import type { InstallMode } from './install-mode.ts';

/** What is installed from a build directory, with all paths resolved: plain data for the installer. */
export interface InstallPlan {
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute. */
  readonly buildRoot: string;
  readonly prefix: string;
  /** `install_umask`. */
  readonly umask: number | 'preserve';
  /** The program that strips, where there is one. */
  readonly strip: readonly string[] | undefined;
  /** What `MESONINTROSPECT` says. */
  readonly introspect: readonly string[];
  /** In the order in which they are installed: folders, targets, headers, manuals, empty folders, data, links, scripts. */
  readonly items: readonly InstallItem[];
}

interface ItemBase {
  /** Empty for the top project. */
  readonly subproject: string;
  readonly tag: string | undefined;
}

/** Sources are absolute, or relative to the build directory; destinations are relative to the prefix or absolute. */
export type InstallItem =
  | InstalledDirectory
  | InstalledTarget
  | InstalledFile
  | InstalledEmptyDirectory
  | InstalledSymlink
  | InstalledScript;

/** A folder with what lies in it (`install_subdir`). */
export interface InstalledDirectory extends ItemBase {
  readonly kind: 'directory';
  readonly from: string;
  /** As build files spell it; introspection shows that. */
  readonly spelled?: string;
  /** The directory that gets the content. */
  readonly to: string;
  /** Relative to `from`. */
  readonly excludeFiles: readonly string[];
  readonly excludeDirectories: readonly string[];
  readonly mode: InstallMode | undefined;
  /** Undefined: links are followed, with a warning. */
  readonly followSymlinks: boolean | undefined;
}

/** What was built: a program, a library, an output of a custom target. */
export interface InstalledTarget extends ItemBase {
  readonly kind: 'target';
  readonly from: string;
  readonly directory: string;
  readonly strip: boolean;
  readonly canStrip: boolean;
  /** What becomes of its rpath; undefined leaves the file as it is. */
  readonly rpath: { readonly remove: readonly string[]; readonly install: string } | undefined;
  readonly mode: InstallMode | undefined;
  /** Nothing is wrong when it was not built. */
  readonly optional: boolean;
}

/** A file as it is: `install_data`, `install_headers`, `install_man`. */
export interface InstalledFile extends ItemBase {
  readonly kind: 'file';
  /** Neither a header nor a manual. */
  readonly isData?: true;
  readonly from: string;
  /** The file's own new path. */
  readonly to: string;
  readonly mode: InstallMode | undefined;
  readonly followSymlinks: boolean | undefined;
}

/** A folder that is only made (`install_emptydir`). */
export interface InstalledEmptyDirectory extends ItemBase {
  readonly kind: 'empty-directory';
  readonly path: string;
  readonly mode: InstallMode | undefined;
}

/** A link (`install_symlink`). What it points to need not be there. */
export interface InstalledSymlink extends ItemBase {
  readonly kind: 'symlink';
  readonly path: string;
  readonly pointsTo: string;
}

/** A program that is run when all else is installed (`meson.add_install_script`). */
export interface InstalledScript extends ItemBase {
  readonly kind: 'script';
  readonly argv: readonly string[];
  readonly environment: readonly EnvironmentChange[];
  /** The build directory when absent. */
  readonly workingDirectory?: string;
  /** Directories that it is told of as `MESON_INSTALL_NAME`; the prefix alone when absent. */
  readonly directories?: Readonly<Record<string, string>>;
  readonly skipIfDestdir: boolean;
  /** It is run on a dry run too. */
  readonly dryRun: boolean;
}
