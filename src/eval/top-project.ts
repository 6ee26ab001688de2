import type { Evaluation } from './evaluation.ts';
import { noteVariables } from './found-dependencies.ts';
import { runProject } from './subprojects/run-project.ts';
import { printSummaries } from './summary/summary.ts';
import { warnOfSanitizedLibraries } from './targets/link/sanitizers.ts';

/** Reads the top project: all else follows from it. */
export function runTopProject(evaluation: Evaluation): void {
  const { sourceRoot } = evaluation;
  evaluation.log('The Meson build system');
  evaluation.log(`Source dir: ${sourceRoot}`);
  evaluation.log(`Build dir: ${evaluation.buildRoot}`);
  evaluation.log(`Build type: ${evaluation.cross ? 'cross build' : 'native build'}`);
  const { variables } = runProject(evaluation, {
    subproject: '',
    rootDir: '',
    buildRootDir: '',
    directory: sourceRoot,
  });
  noteVariables(evaluation, variables);
  warnOfSanitizedLibraries(evaluation);
  printSummaries(evaluation);
}
