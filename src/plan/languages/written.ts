import type { Language } from '../../model/toolchain.ts';
import type { PlanContext } from '../context.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { planCython } from './cython/plan.ts';
import { planVala } from './vala/plan.ts';

/** Adds the actions of compilers that write sources of another language, which are compiled then. */
export const writers: ReadonlyMap<
  Language,
  (context: PlanContext, resolved: ResolvedTarget) => void
> = new Map([
  ['cython', planCython],
  ['vala', planVala],
]);
