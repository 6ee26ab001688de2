import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRequestWord, requestWord } from '../../src/base/request-word.ts';

test('a request has no backslash that targets would turn around, and is read as it was', () => {
  const request = { guards: '--guards="A"', path: 'C:\\x', lines: 'a\nb' };
  expect(requestWord(request)).not.toContain('\\');
  expect(readRequestWord(requestWord(request))).toEqual(request);
  fc.assert(
    fc.property(fc.array(fc.string()), (texts) => {
      expect(readRequestWord(requestWord(texts))).toEqual(texts);
    }),
    { numRuns: 50 },
  );
});
