import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineReader } from '../../../src/host/node/line-reader.ts';

test('each line is told once it is whole, however its bytes come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'é', '日', '\n'), { maxLength: 30 }),
      fc.array(fc.nat(5), { maxLength: 60 }),
      (letters, sizes) => {
        const text = letters.join('');
        const bytes = Buffer.from(text);
        const told: string[] = [];
        const reader = lineReader((line) => told.push(line));
        let at = 0;
        for (const size of sizes) {
          reader.take(bytes.subarray(at, at + size));
          at += size;
        }
        reader.take(bytes.subarray(at));
        expect(reader.end()).toEqual({ text, isCut: false });
        const lines = text.split('\n');
        expect(told).toEqual(lines.at(-1) === '' ? lines.slice(0, -1) : lines);
      },
    ),
  );
});

test('of what is too long the end is kept', () => {
  const reader = lineReader(undefined, 10);
  for (let at = 0; at < 100; at++) reader.take(Buffer.from(`${at % 10}`));
  expect(reader.end()).toEqual({ text: '0123456789', isCut: true });
});
