import { findInPath } from '../host/find-in-path.ts';
import type { Evaluation } from './evaluation.ts';

/** What commands after setup will miss, in words for people. */
export function missingTools(evaluation: Evaluation): readonly string[] {
  const { cross, configs, host, options } = evaluation;
  const warnings: string[] = [];
  if (cross && !configs.host.binaries.has('strip'))
    warnings.push('Cross file does not specify strip binary, result will not be stripped.');
  const has = (...programs: readonly string[]): boolean =>
    programs.every((program) => findInPath(host, program) !== undefined);
  const coverage = options.find({ name: 'b_coverage', subproject: undefined, machine: 'host' });
  if (coverage === true && !has('gcovr') && !has('lcov', 'genhtml'))
    warnings.push('Need gcovr or lcov/genhtml to generate any coverage reports');
  return warnings;
}
