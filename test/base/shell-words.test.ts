import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteWord, quoteWords, splitWords } from '../../src/base/shell-words.ts';

test('words are quoted only where a shell would read them otherwise', () => {
  expect(quoteWord('-DNAME=a/b.c')).toBe('-DNAME=a/b.c');
  expect(quoteWord('')).toBe("''");
  expect(quoteWord('a b')).toBe("'a b'");
  expect(quoteWord('$HOME')).toBe("'$HOME'");
  expect(quoteWord("it's")).toBe(`'it'"'"'s'`);
});

test.each([
  ["a  'b c'\t d", ['a', 'b c', 'd']],
  [`"x y"z 'p'"q"`, ['x yz', 'pq']],
  ['a\\ b "c\\"d" "e\\f"', ['a b', 'c"d', 'e\\f']],
  ['\'\' ""', ['', '']],
  ['   ', []],
  ["'never closed", undefined],
  ['ends in \\', undefined],
])('%s is split as a shell splits it', (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

test('what was quoted is split into the same words, whatever they are', () => {
  const shellLike = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '\n', 'é') });
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), shellLike)), (given) => {
      // No word of a command has this in it.
      const words = given.map((word) => word.replaceAll('\0', ''));
      expect(splitWords(quoteWords(words))).toEqual(words);
    }),
  );
});
