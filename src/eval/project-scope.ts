import type { ProjectId } from '../model/target.ts';
import type { VersionRange } from './interpreter/version-range.ts';
import type { Value } from './value.ts';

/** Which versions of Meson a project is written for: known once `project()` is read; an `if` narrows it. */
export type MesonVersionTarget =
  | { readonly kind: 'not-read' }
  | { readonly kind: 'none' }
  | { readonly kind: 'range'; readonly range: VersionRange };

/** Where the interpreter is: one per project or subproject that is being read. */
export interface ProjectScope {
  readonly project: ProjectId;
  /** Empty for the top project. */
  readonly subproject: string;
  /** A subproject that was asked for with `native: true`. */
  readonly forBuildMachine: boolean;
  /** The project's folder relative to the source root, or absolute for one in kaon's store. */
  readonly rootDir: string;
  /** The project's folder in the build tree, relative to the build root. */
  readonly buildRootDir: string;
  /** Folder of the build file being read, relative to the source root (or absolute), as `rootDir`. */
  subdir: string;
  /** The same in the build tree. */
  buildSubdir: string;
  /** Both as build files spell them (`subdir('tools/')`); texts and ids of targets are made from these. */
  spelled: { readonly subdir: string; readonly buildSubdir: string };
  /** Its build file stands for another tool's project, which made files in the build tree before. */
  readonly namesBuilt?: true;
  readonly variables: Map<string, Value>;
  readonly mesonVersion: {
    required: string | undefined;
    target: MesonVersionTarget;
    /** Whether `project()` was called. */
    declared: boolean;
    /** Variables that hold `meson.version()`: comparing them narrows, too. */
    readonly names: Set<string>;
  };
}
