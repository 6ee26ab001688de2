import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameStat } from '../../../src/host/same-stat.ts';
import { LateMap, LateRows } from '../../../src/store/format/late-rows.ts';
import { LazyRows } from '../../../src/store/format/lazy-rows.ts';
import { fileKinds, SignatureRows } from '../../../src/store/format/signature-rows.ts';

test('a large table forgets rows and gives equal ones again; a small one gives the same', () => {
  const decode = (id: number): { readonly id: number } => ({ id });
  const small = new LazyRows(5, decode, { whole: 10, few: 2 });
  expect(small.get(3)).toBe(small.get(3));
  const large = new LazyRows(50, decode, { whole: 10, few: 2 });
  const first = large.get(0);
  expect([...large.values()].map(({ id }) => id)).toEqual(
    Array.from({ length: 50 }, (_, at) => at),
  );
  expect(large.get(0)).toEqual(first);
  expect(large.get(0)).not.toBe(first);
  expect(() => large.get(50)).toThrow('no row 50');
});

test('of rows that were written since, those that were asked for last are kept where that is wanted', () => {
  let decoded = 0;
  const decode = (place: number) => ({ place, time: ++decoded });
  const rowsOf = (more: { readonly keptBehind?: number }) =>
    new LateRows({ decode, keptBefore: () => 2, ...more });
  const kept = rowsOf({ keptBehind: 8 });
  const none = rowsOf({});
  for (const each of [kept, none]) for (const place of [1, 7]) each.push(place);
  expect(kept.get(1)).toBe(kept.get(1));
  expect(kept.get(1)).toMatchObject({ place: 7 });
  expect(none.get(1)).not.toBe(none.get(1));
  expect(none.get(0)).toBe(none.get(0));
});

const rows = fc.array(
  fc.tuple(
    fc.nat(5),
    fc.constantFrom('set', 'place', 'written', 'delete'),
    fc.integer({ min: 1, max: 99 }),
  ),
  { maxLength: 40 },
);

test('rows by number, whether they are held or stand somewhere, are those that were set last', () => {
  fc.assert(
    fc.property(rows, fc.nat(99), (deeds, keptBefore) => {
      const decode = (place: number): { readonly row: number } => ({ row: place });
      const map = new LateMap({ decode, keptBefore: () => keptBefore });
      const model = new Map<number, number>();
      for (const [id, deed, row] of deeds) {
        if (deed === 'set') map.set(id, { row });
        else if (deed === 'place') map.set(id, row);
        // What stands somewhere is what was set.
        else if (deed === 'written') map.written(id, model.get(id) ?? row);
        else expect(map.delete(id)).toBe(model.delete(id));
        if (deed === 'set' || deed === 'place') model.set(id, row);
        expect(map.size).toBe(model.size);
        for (let at = 0; at < 6; at++) expect(map.get(at)?.row).toBe(model.get(at));
      }
      expect([...map.values()].map(({ row: each }) => each).sort()).toEqual(
        [...model.values()].sort(),
      );
    }),
  );
});

const signature = fc.record({
  kind: fc.constantFrom(...fileKinds),
  size: fc.constantFrom(0, 7, 2 ** 40),
  mode: fc.constantFrom(0o644, 0o755),
  mtimeNs: fc.constantFrom(-5n, 1_700_000_000_000_000_001n),
  ctimeNs: fc.constantFrom(0n, 1_700_000_000_000_000_002n),
  inode: fc.constantFrom(9n, 2n ** 62n),
});

test('signatures in numbers are the same as they were, and equal to what they were equal to', () => {
  fc.assert(
    fc.property(fc.array(signature, { minLength: 1, maxLength: 200 }), signature, (all, other) => {
      const table = new SignatureRows();
      const ids = all.map((each) => table.add(each));
      for (const [at, each] of all.entries()) {
        expect(table.get(ids[at] ?? 0)).toEqual(each);
        expect(table.isSame(ids[at] ?? 0, other)).toBe(sameStat(each, other));
      }
    }),
  );
});
