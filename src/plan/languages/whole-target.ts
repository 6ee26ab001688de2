import type { Language } from '../../model/toolchain.ts';
import type { PlanContext } from '../context.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { planAssembly } from './csharp/assembly.ts';
import { planJar } from './java/jar.ts';
import { planCrate } from './rust/crate.ts';

/** Plans a target whose compiler takes all of it at once, given the objects of its sources in other languages. */
export type WholeTargetPlan = (
  context: PlanContext,
  resolved: ResolvedTarget,
  objects: readonly string[],
) => void;

/** Languages whose compiler makes a whole target at once, without objects of its sources. */
export const wholeTargetPlans: ReadonlyMap<Language, WholeTargetPlan> = new Map<
  Language,
  WholeTargetPlan
>([
  ['rust', planCrate],
  ['java', planJar],
  ['cs', planAssembly],
]);
