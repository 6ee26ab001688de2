import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  contentChains,
  findString,
  hashTable,
  type LogIndex,
} from '../../../src/store/log/log-index.ts';

test('an index that grew is the same as one that is made anew, and reads only what is new', () => {
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
          expect(findString(grown as LogIndex, text, string)).toBe(id);
        }
      },
    ),
  );
});

test('so are the contents of each path', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 })), fc.nat(), (paths, part) => {
      const before = paths.slice(0, part % (paths.length + 1));
      const older = contentChains(Uint32Array.from(before), 10);
      const all = Uint32Array.from(paths);
      expect(contentChains(all, 20, older)).toEqual(contentChains(all, 20));
    }),
  );
});
