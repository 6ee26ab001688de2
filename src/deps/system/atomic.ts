import type { DependencyContext, DependencyRequest } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';
import { compilerFor, libraryTypeOf } from './checks.ts';

const since = {
  version: '1.7.0',
  advice: "consider checking for `atomic_flag_clear` with and without `find_library('atomic')`",
};

/** C11 atomics that the compiler does by itself. */
export function findAtomic(context: DependencyContext): Attempt {
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  return compiler.hasFunction('atomic_flag_clear', '#include <stdatomic.h>')
    ? found({ name: 'atomic', type: 'builtin', machine: context.machine, since })
    : absent;
}

/** C11 atomics with libatomic. */
export function findAtomicLibrary(context: DependencyContext, request: DependencyRequest): Attempt {
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  const linkArgs = compiler.library('atomic', libraryTypeOf(context, request));
  if (linkArgs === undefined || !compiler.hasHeader('stdatomic.h')) return absent;
  return found({ name: 'atomic', type: 'system', machine: context.machine, linkArgs, since });
}
