import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader } from '../../../src/store/format/byte-reader.ts';
import { ByteWriter } from '../../../src/store/format/byte-writer.ts';

/** How a value of each kind is written and read again. */
const kinds = {
  byte: fc.nat(0xff),
  u32: fc.nat(0xffff_ffff),
  u64: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  varint: fc.oneof(fc.nat(300), fc.nat(Number.MAX_SAFE_INTEGER)),
  text: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 3000, maxLength: 3000 })),
} as const;

const values = fc.array(
  fc.oneof(
    kinds.byte.map((value) => ({ kind: 'byte', value }) as const),
    kinds.u32.map((value) => ({ kind: 'u32', value }) as const),
    kinds.u64.map((value) => ({ kind: 'u64', value }) as const),
    kinds.varint.map((value) => ({ kind: 'varint', value }) as const),
    kinds.text.map((value) => ({ kind: 'text', value }) as const),
  ),
  { minLength: 1, maxLength: 30 },
);

type Written = (typeof values extends fc.Arbitrary<infer All extends readonly unknown[]>
  ? All
  : never)[number];

function write(written: readonly Written[]): Uint8Array {
  const writer = new ByteWriter();
  for (const each of written) {
    if (each.kind === 'u64') writer.u64(each.value);
    else if (each.kind === 'text') writer.text(each.value);
    else writer[each.kind](each.value);
  }
  return Uint8Array.from(writer.written());
}

test('what was written is read again, to the last byte', () => {
  fc.assert(
    fc.property(values, (written) => {
      const reader = new ByteReader(write(written));
      expect(written.map(({ kind }) => reader[kind]())).toEqual(written.map(({ value }) => value));
      expect([reader.atEnd, reader.broken]).toEqual([true, false]);
    }),
  );
});

test('bytes that were cut off are broken, and never read from beyond their end', () => {
  fc.assert(
    fc.property(values, fc.nat(), (written, cut) => {
      const whole = write(written);
      const end = cut % whole.length;
      const reader = new ByteReader(whole, 0, end);
      for (const { kind } of written) reader[kind]();
      expect(reader.broken).toBe(true);
      expect(reader.at).toBeLessThanOrEqual(end);
    }),
  );
});

test('numbers can be passed over without being read', () => {
  const writer = new ByteWriter();
  for (const value of [1, 300, 2 ** 40, 7]) writer.varint(value);
  const reader = new ByteReader(writer.written());
  reader.skipVarints(3);
  expect([reader.varint(), reader.broken]).toEqual([7, false]);
  reader.skipVarints(1);
  expect(reader.broken).toBe(true);
});
