import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topologicalOrder } from '../../src/base/order.ts';

test('each node comes after all that it needs', () => {
  const acyclic = fc
    .integer({ min: 1, max: 40 })
    .chain((count) =>
      fc.array(fc.array(fc.nat(), { maxLength: 5 }), { minLength: count, maxLength: count }),
    )
    .map((rows) => rows.map((row, node) => (node === 0 ? [] : row.map((need) => need % node))));
  fc.assert(
    fc.property(acyclic, (needs) => {
      const order = topologicalOrder(needs.length, (node) => needs[node] ?? []);
      expect(order.ok).toBe(true);
      if (!order.ok) return;
      const place = new Map(order.value.map((node, at) => [node, at]));
      expect(place.size).toBe(needs.length);
      needs.forEach((row, node) => {
        for (const need of row) expect(place.get(need)).toBeLessThan(place.get(node) ?? -1);
      });
    }),
  );
});

test('a cycle is named from its first node back to it', () => {
  const needs = [[1], [2], [3, 4], [1], []];
  expect(topologicalOrder(5, (node) => needs[node] ?? [])).toEqual({
    ok: false,
    error: [1, 2, 3, 1],
  });
});

test('a chain of 200,000 is ordered without recursion', () => {
  const order = topologicalOrder(200_000, (node) => (node === 199_999 ? [] : [node + 1]));
  expect(order.ok && order.value[0]).toBe(199_999);
});
