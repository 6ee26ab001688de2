import type { CrateUnit } from './crate-graph.ts';

/** How the runner of a build script names a target of its own package. */
export function consumerOf({ target, mode }: Pick<CrateUnit, 'target' | 'mode'>): string {
  if (target.kind === 'lib' && mode === 'build')
    return target.crateTypes.includes('cdylib') ? 'cdylib' : 'lib';
  if (mode === 'doctest') return 'doctest';
  if (target.kind === 'bin') return `bin=${target.name}`;
  if (target.kind === 'example' && !target.crateTypes.includes('bin')) return 'example-library';
  return target.kind === 'lib' ? 'unit-test' : target.kind;
}
