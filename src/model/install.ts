import type { EnvironmentChange } from '../base/environment.ts';
import type { FileRef } from './file.ts';
import type { InstallMode } from './install-mode.ts';
import type { CommandWord } from './target.ts';

/**
 * What is installed beside the targets (which carry their own). Directories are relative to the
 * prefix or absolute. `placeholder` is what introspection shows (`{datadir}/x`).
 */
export type Install =
  | {
      readonly kind: 'data' | 'headers' | 'man';
      /** Where introspection shows it: what `configure_file` made, modules of Python, the manifest; as `kind` when absent. */
      readonly shownAs?: 'configure' | 'python' | 'depmf';
      readonly subproject: string;
      readonly files: readonly FileRef[];
      /** The installed path of each file, the directory included. */
      readonly destinations: readonly string[];
      readonly placeholders: readonly string[];
      readonly mode: InstallMode | undefined;
      readonly tag: string | undefined;
      readonly followSymlinks: boolean | undefined;
    }
  | {
      readonly kind: 'subdir';
      readonly subproject: string;
      readonly from: FileRef;
      /** Its whole path as build files spell it (`tools/../html`); what its last part says is its name. */
      readonly spelled?: string;
      readonly directory: string;
      readonly placeholder: string;
      readonly stripDirectory: boolean;
      readonly excludeFiles: readonly string[];
      readonly excludeDirectories: readonly string[];
      readonly mode: InstallMode | undefined;
      readonly tag: string | undefined;
      readonly followSymlinks: boolean | undefined;
    }
  | {
      readonly kind: 'symlink';
      readonly subproject: string;
      readonly name: string;
      readonly pointingTo: string;
      readonly directory: string;
      readonly tag: string | undefined;
    }
  | {
      readonly kind: 'emptydir';
      readonly subproject: string;
      readonly directory: string;
      readonly mode: InstallMode | undefined;
      readonly tag: string | undefined;
    }
  | {
      readonly kind: 'script';
      readonly subproject: string;
      readonly command: readonly CommandWord[];
      readonly environment: readonly EnvironmentChange[];
      readonly tag: string | undefined;
      readonly skipIfDestdir: boolean;
      readonly dryRun: boolean;
    };
