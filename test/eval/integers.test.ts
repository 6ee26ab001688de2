import { assert, bigInt, constantFrom, oneof, property } from 'fast-check';
import { expect, test } from 'vitest';
import { calculate, normal } from '../../src/eval/interpreter/integers.ts';
import { evaluateText, messagesOf } from '../support/evaluate-text.ts';

test('integers of any size are written, computed with and printed', () => {
  expect(
    messagesOf(`a = 9007199254740993
b = 0xffffffffffffffff
message(a, a + b, a * b, -b / 10, -b % 10, b / -3, b % -10, -b)
message(b.to_string(format: 'hex'), '18446744073709551616'.to_int(), f'@b@', [b], b.is_odd())
message(b == 18446744073709551615, b > a, b - 18446744073709551614, 9007199254740991 + 1 - 1)`),
  ).toEqual([
    '9007199254740993 18455751272964292608 166153499473114502550712756989853695 -1844674407370955162 5 -6148914691236517205 -5 -18446744073709551615',
    '0xffffffffffffffff 18446744073709551616 18446744073709551615 [18446744073709551615] true',
    'true true 1 9007199254740991',
  ]);
});

test('a range of large numbers moves on and ends', () => {
  expect(
    messagesOf(`foreach i : range(0xffffffffffffffff, 0xffffffffffffffff + 4, 2)
  message(i)
endforeach
message(range(0xffffffffffffffff, 0xffffffffffffffff + 9)[-1], [1].get(0xffffffffffffffff, 'none'))`),
  ).toEqual(['18446744073709551615', '18446744073709551617', '18446744073709551623 none']);
});

test('a number that grows with each turn is refused in time', () => {
  const text = 'x = 3\nforeach i : range(100)\n  x = x * x\nendforeach';
  expect(evaluateText(text).error).toBe('meson.build:4:10: ERROR: The number is too large.');
});

test('whole numbers obey the laws of rounding down, whichever form they have', () => {
  const near = bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
  const exact = bigInt({ min: 1n - 2n ** 53n, max: 2n ** 53n - 1n });
  const edge = constantFrom(2n ** 53n, -(2n ** 53n));
  const any = oneof(near, exact, bigInt({ min: -20n, max: 20n }), edge);
  assert(
    property(any, any, (a, b) => {
      const [left, right] = [normal(a), normal(b)];
      expect(calculate('+', left, right)).toBe(normal(a + b));
      expect(calculate('-', left, right)).toBe(normal(a - b));
      expect(calculate('*', left, right)).toBe(normal(a * b));
      if (b === 0n) return;
      const quotient = BigInt(calculate('/', left, right));
      const rest = BigInt(calculate('%', left, right));
      expect(quotient * b + rest).toBe(a);
      expect(rest === 0n || rest < 0n === b < 0n).toBe(true);
      expect((rest < 0n ? -rest : rest) < (b < 0n ? -b : b)).toBe(true);
    }),
  );
});
