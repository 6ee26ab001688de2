import type { PlanContext } from '../context.ts';
import { targetOptions, toolchainFor } from '../context.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { linkClosure } from './link-closure.ts';

/**
 * What a C program needs so that crates inside of it write down what they counted: on Linux it is the
 * linker who must ask for LLVM's run time, and only rustc does so by itself. Its library comes last:
 * static libraries have brought it along up to rustc 1.95.
 */
export function coverageHook(
  context: PlanContext,
  resolved: ResolvedTarget,
): { readonly ask: readonly string[]; readonly library: readonly string[] } {
  const { model } = context;
  const none = { ask: [], library: [] };
  if (targetOptions(context, resolved.target)('b_coverage') !== true) return none;
  if (model.machines.host.system !== 'linux') return none;
  const items = [...linkClosure(context, resolved.id), ...resolved.linkWhole];
  const hasCrates = items.some(({ target }) => {
    const made = model.targets.get(target);
    return made.kind === 'build' && made.rust !== undefined;
  });
  if (!hasCrates) return none;
  const profiler = toolchainFor(context, resolved.target, 'rust')?.facts['profiler'] ?? '';
  const library = profiler === '' ? [] : [profiler];
  return { ask: ['-Wl,-u,__llvm_profile_runtime'], library };
}
