import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteStream } from '../../../src/testrun/coverage/byte-stream.ts';
import { LineTable } from '../../../src/testrun/coverage/line-counts.ts';
import { addProgram } from '../../../src/testrun/coverage/llvm-mapping.ts';
import { readProfile } from '../../../src/testrun/coverage/llvm-profile.ts';

test('packed numbers come back, and behind the end there are zeros', () => {
  const packed = (value: number): number[] => {
    const bytes: number[] = [];
    for (let rest = value; ; rest = Math.floor(rest / 128)) {
      if (rest < 128) return [...bytes, rest];
      bytes.push((rest % 128) + 128);
    }
  };
  fc.assert(
    fc.property(fc.array(fc.nat(2 ** 40)), (values) => {
      const stream = new ByteStream(Uint8Array.from(values.flatMap(packed)));
      expect([...values.map(() => stream.number()), stream.number()]).toEqual([...values, 0]);
    }),
  );
});

test('what is no profile is refused with a reason, and damage does not crash', () => {
  expect(readProfile(new Uint8Array(10), new Map())).toEqual({
    ok: false,
    error: 'is too short for a profile',
  });
  expect(readProfile(new Uint8Array(200), new Map())).toEqual({
    ok: false,
    error: 'is no raw profile of a 64-bit program',
  });
  const header = (version: number, ...rest: readonly number[]): Uint8Array => {
    const words = [0xff6c70726f667281n, BigInt(version), ...rest.map(BigInt)];
    const bytes = new Uint8Array(256);
    for (const [at, word] of words.entries())
      new DataView(bytes.buffer).setBigUint64(at * 8, word, true);
    return bytes;
  };
  expect(readProfile(header(8), new Map())).toEqual({
    ok: false,
    error: 'is a profile of format 8; 9 and 10 are known',
  });
  expect(readProfile(header(9, 0, 1000), new Map())).toEqual({
    ok: false,
    error: 'ends too early',
  });
  expect(readProfile(header(10, 0, 1, 0, 1), new Map()).ok).toBe(true);
});

test('a file that is no instrumented program adds nothing', () => {
  const table = new LineTable();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isElf) => {
      const start = isElf ? [0x7f, 0x45, 0x4c, 0x46, 2, 1] : [];
      addProgram(Uint8Array.from([...start, ...bytes]), new Map(), table);
    }),
  );
  expect(table.counts.size).toBe(0);
});
