import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokenText } from '../../src/eval/interpreter/broken-text.ts';

test('the first byte that is no UTF-8 is told in Python’s words', () => {
  const bytes = Uint8Array.from([...Buffer.from('é = '), 0xff, 0x41]);
  expect(brokenText(bytes)).toEqual({
    text: 'é = \ufffdA',
    at: 4,
    message: "'utf-8' codec can't decode byte 0xff in position 5: invalid start byte",
  });
  expect(brokenText(Uint8Array.from([0x41, 0xc3]))?.message).toContain('unexpected end of data');
  expect(brokenText(Uint8Array.from([0xc3, 0x41]))?.message).toContain('invalid continuation byte');
});

test('text is not broken, whatever it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(brokenText(new TextEncoder().encode(text))).toBeUndefined();
    }),
  );
});
