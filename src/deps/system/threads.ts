import { checkerFor, type DependencyContext } from '../context.ts';
import { type Attempt, type FoundDependency, foundDependency } from '../found.ts';

/** Always there; it is a flag of the compiler. */
export function findThreads(context: DependencyContext): Attempt {
  return { kind: 'found', found: threads(context) };
}

/** `dependency('threads')`: always found, as what the compiler and the linker need for them. */
export function threads(context: DependencyContext): FoundDependency {
  const family = checkerFor(context, undefined)?.family;
  return foundDependency({
    name: 'threads',
    type: 'system',
    machine: context.machine,
    compileArgs: family?.compile.threads ?? [],
    linkArgs: family?.link?.threads(context.option) ?? [],
  });
}
