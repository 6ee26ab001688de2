import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentChains } from '../../../src/store/log/log-index.ts';

test('the contents of each path in an index that grew are those in one that is made anew', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 })), fc.nat(), (paths, part) => {
      const before = paths.slice(0, part % (paths.length + 1));
      const older = contentChains(Uint32Array.from(before), 10);
      const all = Uint32Array.from(paths);
      expect(contentChains(all, 20, older)).toEqual(contentChains(all, 20));
    }),
  );
});
