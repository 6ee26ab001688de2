import { err, ok, type Result } from './result.ts';

/**
 * The numbers 0 … count-1 in an order in which each comes after all that it needs, or one cycle
 * (first and last element the same). Of some alone, and what they need, where these are named. No
 * recursion: graphs are 20,000 deep.
 */
export function topologicalOrder(
  count: number,
  needs: (node: number) => readonly number[],
  roots: Iterable<number> = numbersBelow(count),
): Result<readonly number[], readonly number[]> {
  const order: number[] = [];
  const state = new Uint8Array(count); // 0 unseen, 1 on the path, 2 done
  for (const root of roots) {
    if (state[root] !== 0) continue;
    const path: { readonly node: number; readonly needs: readonly number[]; seen: number }[] = [];
    state[root] = 1;
    path.push({ node: root, needs: needs(root), seen: 0 });
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      while (state[top.needs[top.seen] ?? -1] === 2) top.seen++;
      const next = top.needs[top.seen++];
      if (next === undefined) {
        state[top.node] = 2;
        order.push(top.node);
        path.pop();
      } else if (state[next] === 1) {
        const from = path.findIndex((step) => step.node === next);
        return err([...path.slice(from).map((step) => step.node), next]);
      } else if (state[next] === 0) {
        state[next] = 1;
        path.push({ node: next, needs: needs(next), seen: 0 });
      }
    }
  }
  return ok(order);
}

function* numbersBelow(count: number): Iterable<number> {
  for (let number = 0; number < count; number++) yield number;
}
