import type { DependencyContext } from '../context.ts';
import { type Attempt, absent, found } from '../found.ts';
import { compilerFor } from './checks.ts';

/** Coarrays without a library: gfortran can pretend that there is one image alone. */
export function findCoarray(context: DependencyContext): Attempt {
  const compiler = compilerFor(context, 'fortran');
  if (compiler?.checker.family.toolchain.id !== 'gcc') return absent;
  return found({
    name: 'coarray',
    type: 'system',
    machine: context.machine,
    version: 'single image (fallback)',
    compileArgs: ['-fcoarray=single'],
    language: 'fortran',
  });
}
