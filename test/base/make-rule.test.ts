import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRule } from '../../src/base/make-rule.ts';
import { parseMakeDepfile } from '../../src/exec/inputs/make-depfile.ts';

test('a rule names a target and what was read for it', () => {
  expect(makeRule('out/a.o', ['a.c', 'b c.h'])).toBe('out/a.o: a.c \\\n  b\\ c.h\n');
  expect(makeRule('out', [])).toBe('out: \n');
});

test('what a rule names is read again, whatever the files are called', () => {
  const character = fc.constantFrom('a', '.', ' ', '#', '$', '\\', ':', '%', 'é');
  const path = fc.string({ unit: character, minLength: 1 }).map((name) => `d/${name}`);
  fc.assert(
    fc.property(fc.uniqueArray(path), (paths) => {
      expect(parseMakeDepfile(makeRule('made it', paths))?.paths).toEqual(paths);
    }),
    { numRuns: 500 },
  );
});
