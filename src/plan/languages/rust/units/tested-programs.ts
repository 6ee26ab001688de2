import { createHash } from 'node:crypto';
import { basename, join } from 'node:path/posix';
import type { CrateBuild, CrateUnit } from '../../../../model/crate-graph.ts';
import { plainProgram, profileFolder } from './unit-files.ts';

/** A program that an integration test or benchmark may run. */
export interface TestedProgram {
  readonly unit: CrateUnit;
  /** Where the test finds it. */
  readonly path: string;
}

/**
 * Programs of a test's package lie in one folder, as they may start each other. That is the one which
 * users know, unless tests have some of them built with other features or settings.
 */
export function testedPrograms(build: CrateBuild, unit: CrateUnit): readonly TestedProgram[] {
  if (unit.target.kind !== 'test' && unit.target.kind !== 'bench') return [];
  const programs = unit.dependencies
    .map(({ unit: id }) => build.graph.units.get(id))
    .filter(({ target }) => target.kind === 'bin')
    .map((program) => ({ unit: program, path: plainProgram(build, program) }));
  const usual = profileFolder(build, unit);
  if (programs.every(({ path }) => path === join(usual, basename(path)))) return programs;
  const hashes = programs.map(({ unit: { hash } }) => hash).sort();
  const hash = createHash('sha256').update(hashes.join()).digest('hex').slice(0, 16);
  const folder = join(usual, `programs-${hash}`);
  return programs.map((one) => ({ ...one, path: join(folder, basename(one.path)) }));
}
