import type { PlanContext } from './context.ts';
import { targetOptions } from './context.ts';
import { linkClosure } from './link-closure.ts';
import type { ResolvedTarget } from './resolved-target.ts';

/**
 * What a C program needs so that crates inside of it write down what they counted: on Linux it is the
 * linker who must ask for LLVM's run time, and only rustc does so by itself.
 */
export function coverageHook(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  const { model } = context;
  if (targetOptions(context, resolved.target)('b_coverage') !== true) return [];
  if (model.machines.host.system !== 'linux') return [];
  const items = [...linkClosure(context, resolved.id), ...resolved.linkWhole];
  const hasCrates = items.some(({ target }) => {
    const made = model.targets.get(target);
    return made.kind === 'build' && made.rust !== undefined;
  });
  return hasCrates ? ['-Wl,-u,__llvm_profile_runtime'] : [];
}
