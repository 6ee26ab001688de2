import type { BuildTarget } from '../model/target.ts';
import { machineOf, type PlanContext } from './context.ts';

/** Rules of tools for the build machine have names of their own. */
export function ruleSuffix(context: PlanContext, target: BuildTarget): string {
  return machineOf(context, target) === 'build' ? '_FOR_BUILD' : '';
}
