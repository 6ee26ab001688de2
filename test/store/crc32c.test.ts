import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32c } from '../../src/store/crc32c.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the checksum that the standard gives for its example', () => {
  expect(crc32c(bytes('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array())).toBe(0);
});

test('in parts it is the same as at once', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      const whole = new Uint8Array([...first, ...second]);
      expect(crc32c(second, crc32c(first))).toBe(crc32c(whole));
    }),
  );
});
