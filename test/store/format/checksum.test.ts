import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksum } from '../../../src/store/format/checksum.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('checksums are those of CRC-32', () => {
  expect(checksum(bytes('123456789'))).toBe(0xcbf43926);
  expect(checksum(new Uint8Array())).toBe(0);
});

test('a checksum goes on from that of what came before', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      const whole = new Uint8Array([...first, ...second]);
      expect(checksum(second, checksum(first))).toBe(checksum(whole));
    }),
  );
});
