import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findString, hashTable, StringNumbers } from '../../../src/store/log/string-numbers.ts';

test('hashes that grew are the same as those that are made anew, and reads only what is new', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 60 }),
      fc.nat(),
      (all, part) => {
        const before = part % all.length;
        const string = (id: number): string => all[id] ?? '';
        const asked: number[] = [];
        const older = hashTable(before, string);
        const grown = hashTable(all.length, (id) => string(asked[asked.push(id) - 1] ?? 0), older);
        expect(grown).toEqual(hashTable(all.length, string));
        expect(asked).toEqual(all.slice(before).map((_, at) => before + at));
        for (const [id, text] of all.entries()) {
          expect(findString(grown, text, string)).toBe(id);
        }
      },
    ),
  );
});

test('a string has the number under which it was added, in whatever order others are asked for', () => {
  const asks = fc.array(fc.string({ maxLength: 2 }), { maxLength: 200 });
  fc.assert(
    fc.property(asks, (texts) => {
      const kept: string[] = [];
      const numbers = new StringNumbers((number) => kept[number] ?? '');
      for (const text of texts) {
        const known = numbers.find(text);
        expect(known ?? -1).toBe(kept.indexOf(text));
        if (known === undefined) {
          kept.push(text);
          numbers.add(text);
        }
      }
      for (const [number, text] of kept.entries()) expect(numbers.find(text)).toBe(number);
    }),
  );
});

test('strings with the same hash are told apart by what they are', () => {
  // These two have the same FNV-1a of 32 bits.
  const kept = ['costarring', 'liquid'];
  const numbers = new StringNumbers((number) => kept[number] ?? '');
  for (const text of kept) numbers.add(text);
  expect(kept.map((text) => numbers.find(text))).toEqual([0, 1]);
  expect(numbers.find('costarrin')).toBeUndefined();
});
