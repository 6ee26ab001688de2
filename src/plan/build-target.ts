import type { TargetId } from '../model/target.ts';
import { planGeneratedList } from './commands/generated-list.ts';
import { planSources } from './compile/compile-sources.ts';
import type { PlanContext } from './context.ts';
import { wholeTargetPlans } from './languages/whole-target.ts';
import { writers } from './languages/written.ts';
import { givenObjects } from './link/extracted-objects.ts';
import { planLink } from './link/link-target.ts';
import { planAliases, planSymbols } from './link/shared-library.ts';
import { planArchive } from './link/static-library.ts';
import { resolveTarget } from './resolve-target.ts';

/** Adds all actions of a program or library. */
export function planBuildTarget(context: PlanContext, id: TargetId): void {
  const resolved = resolveTarget(context, id);
  const { target } = resolved;
  for (const item of resolved.generated)
    if (item.kind === 'generated') planGeneratedList(context, { id, target }, item.list);
  planAliases(context, target);
  for (const language of target.languages) writers.get(language)?.(context, resolved);
  const objects = planSources(context, resolved, givenObjects(context, resolved));
  if (target.type === 'shared-library' || target.type === 'shared-module')
    planSymbols(context, target);
  const whole = resolved.target.languages
    .map((language) => wholeTargetPlans.get(language))
    .find((plan) => plan !== undefined);
  if (whole !== undefined) whole(context, resolved, objects);
  else if (target.type === 'static-library') planArchive(context, resolved, objects);
  else planLink(context, resolved, objects);
}
