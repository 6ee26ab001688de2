import type { ActionId } from '../../graph/graph.ts';
import { listAt } from '../../store/format/number-lists.ts';
import type { Look } from '../../store/no-op/no-op-look.ts';

/** Actions that run each time, that read or make what changed, and all that read what those make. */
export function affectedActions({ changed, uses }: Look): ReadonlySet<ActionId> {
  const affected = new Set<ActionId>();
  const files = [...changed];
  const affect = (actions: Uint32Array): void => {
    for (const number of actions) {
      const action = number as ActionId; // as the witness wrote them
      if (affected.has(action)) continue;
      affected.add(action);
      files.push(...listAt(uses.made, action));
    }
  };
  affect(uses.always);
  for (let file = files.pop(); file !== undefined; file = files.pop()) {
    affect(listAt(uses.users, file));
  }
  return affected;
}
