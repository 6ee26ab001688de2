import { type DependencyContext, type DependencyRequest, isStatic } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';
import { compilerFor } from './checks.ts';

/** shaderc as a library of the system. */
export function findShaderc(context: DependencyContext, request: DependencyRequest): Attempt {
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  const wantsStatic = isStatic(context, request);
  const names = ['shaderc_shared', 'shaderc_combined'];
  for (const name of wantsStatic ? names.toReversed() : names) {
    const linkArgs = compiler.library(name);
    if (linkArgs === undefined) continue;
    if (wantsStatic && name !== 'shaderc_combined')
      context.warn(
        "Static library 'shaderc_combined' not found for dependency 'shaderc', may not be statically linked",
      );
    return found({ name: 'shaderc', type: 'system', machine: context.machine, linkArgs });
  }
  return absent;
}
