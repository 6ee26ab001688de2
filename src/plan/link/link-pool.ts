import type { PoolId } from '../../graph/graph.ts';
import { findOption, type PlanContext } from '../context.ts';

/** `backend_max_links`: links take memory. Undefined when there is no limit. */
export function linkPool(context: PlanContext): PoolId | undefined {
  const depth = findOption(context, { name: 'backend_max_links' });
  if (typeof depth !== 'number' || depth <= 0) return undefined;
  return context.graph.pool({ name: 'link_pool', depth, console: false });
}

/** The terminal itself, for one action at a time. */
export function consolePool(context: PlanContext): PoolId {
  return context.graph.pool({ name: 'console', depth: 1, console: true });
}
