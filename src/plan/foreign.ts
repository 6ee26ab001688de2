import type { Machine } from '../model/machine.ts';
import type { CommandWord } from '../model/target.ts';
import type { PlanContext } from './context.ts';
import { buildTarget } from './resolve-target.ts';

/** How a program that this machine cannot run is run; undefined for one that it can. */
export function foreignWrapper(
  context: PlanContext,
  program: CommandWord | undefined,
): { readonly wrapper?: readonly string[] } | undefined {
  const { model } = context;
  if (!model.cross || program?.kind !== 'target') return undefined;
  const target = buildTarget(context, program.target);
  if (target === undefined || target.machine === 'build') return undefined;
  const wrapper = model.exeWrapper;
  if (wrapper !== undefined) return { wrapper };
  return canRun(model.machines.build, model.machines.host) ? undefined : {};
}

/** Whether one machine runs programs of another. */
function canRun(own: Machine, other: Machine): boolean {
  if (own.system !== other.system) return false;
  const narrower = own.cpuFamily === 'x86_64' && other.cpuFamily === 'x86';
  return own.cpuFamily === other.cpuFamily || narrower;
}
