import type { ActionId } from '../graph/graph.ts';
import type { Look } from '../store/no-op-look.ts';
import type { NumberLists } from '../store/no-op-proof.ts';

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

export function listAt({ starts, items }: NumberLists, row: number): Uint32Array {
  return items.subarray(starts[row], starts[row + 1]);
}

/** Lists of numbers as a proof keeps them. */
export function numberLists(lists: readonly (readonly number[])[]): NumberLists {
  const starts = new Uint32Array(lists.length + 1);
  for (const [row, list] of lists.entries()) starts[row + 1] = (starts[row] ?? 0) + list.length;
  const items = new Uint32Array(starts[lists.length] ?? 0);
  for (const [row, list] of lists.entries()) items.set(list, starts[row]);
  return { starts, items };
}
