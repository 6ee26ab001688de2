import type { DependencyId, Item, LinkItem } from '../../../model/target.ts';
import type { ModelTables } from '../../evaluation.ts';

/** What dependencies bring to a target, those of dependencies included: for checks, the planner flattens anew. */
export interface Gathered {
  readonly sources: readonly Item[];
  readonly objects: readonly Item[];
  readonly linkWith: readonly LinkItem[];
  readonly linkWhole: readonly LinkItem[];
}

/**
 * What dependencies bring to a target, those that they need included: each once, in the order in which
 * they are named.
 */
export function gathered(tables: ModelTables, ids: readonly DependencyId[]): Gathered {
  const result = {
    sources: [] as Item[],
    objects: [] as Item[],
    linkWith: [] as LinkItem[],
    linkWhole: [] as LinkItem[],
  };
  const seen = new Set<DependencyId>();
  const waiting = [...ids].reverse();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const row = tables.dependencies.get(id);
    if (row.kind === 'not-found') continue;
    result.sources.push(...row.sources);
    result.objects.push(...row.objects);
    result.linkWith.push(...row.linkWith);
    result.linkWhole.push(...row.linkWhole);
    waiting.push(...[...row.dependencies].reverse());
  }
  return result;
}
