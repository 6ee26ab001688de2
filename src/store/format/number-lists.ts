/** Lists of numbers, one for each of some rows: row `at` has the items from `starts[at]` to `starts[at + 1]`. */
export interface NumberLists {
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

/** Lists in their order, the first of them that of row 0. */
export function numberLists(given: Iterable<readonly number[]>): NumberLists {
  const lists = [...given];
  const starts = new Uint32Array(lists.length + 1);
  for (const [row, list] of lists.entries()) starts[row + 1] = (starts[row] ?? 0) + list.length;
  const items = new Uint32Array(starts[lists.length] ?? 0);
  for (const [row, list] of lists.entries()) items.set(list, starts[row]);
  return { starts, items };
}

/** The list of a row. */
export function listAt({ starts, items }: NumberLists, row: number): Uint32Array {
  return items.subarray(starts[row], starts[row + 1]);
}
