import type { LinkRules } from '../../toolchains/rules.ts';
import type { PlanContext } from '../context.ts';
import { targetFile } from '../paths.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { earlyArgs, linkArguments, linkerOf } from './link-arguments.ts';

/** What the linker makes beside a program without being asked for, and without which that does not run. */
export function filesBeside(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  if (resolved.target.type !== 'executable') return [];
  const family = linkerOf(context, resolved);
  const link = family?.link;
  if (family === undefined || link?.beside === undefined) return [];
  return madeBeside(resolved, link, linkArguments(context, resolved, { family, link }));
}

/** The same where it is known how the program is linked. */
export function madeBeside(
  resolved: ResolvedTarget,
  { beside }: LinkRules,
  linkArgs: readonly string[],
): readonly string[] {
  const { target } = resolved;
  if (target.type !== 'executable' || beside === undefined) return [];
  return beside(targetFile(target), [...earlyArgs(resolved), ...linkArgs]);
}
