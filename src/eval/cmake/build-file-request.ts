import type { CmakeBuildTarget, CmakeProject } from '../../cmake/project.ts';
import type { TargetOptions } from './target-options.ts';

/** What a target of CMake's became: the variables that hold it. */
export interface CmakeVariables {
  readonly function: CmakeBuildTarget['function'] | 'custom_target';
  readonly includes: string | undefined;
  readonly sources: string | undefined;
  readonly dependency: string | undefined;
  readonly target: string | undefined;
}

export interface BuildFileRequest {
  readonly project: CmakeProject;
  readonly options: TargetOptions;
  /** The command that runs this kaon. */
  readonly self: readonly string[];
}
