import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText } from '../../src/base/json-text.ts';
import { parseExactJson, parseJsonObject } from '../../src/base/parse-json.ts';

test('integers that a number would round are kept as they are, texts of digits stay texts', () => {
  const text = '{"a": [9007199254740993, -18446744073709551616, 12], "b": "9007199254740993"}';
  expect(parseExactJson(text)).toEqual({
    a: [9007199254740993n, -18446744073709551616n, 12],
    b: '9007199254740993',
  });
  expect(parseExactJson('[0.12345678901234566, 1e300, "\\"9007199254740993"]')).toEqual([
    0.12345678901234566,
    1e300,
    '"9007199254740993',
  ]);
  expect(parseExactJson('[90071992547409939')).toBe(undefined);
});

test.each(['[1]', 'null', '"a"', '{', ''])('%j is no object', (text) => {
  expect(parseJsonObject(text)).toBeUndefined();
  expect(parseJsonObject('{"a":1}')).toEqual({ a: 1 });
});

test('what was written is read again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.bigInt(), (value, large) => {
      const written = jsonText([value, large]);
      expect(jsonText(parseExactJson(written))).toBe(written);
    }),
    { numRuns: 50 },
  );
});
