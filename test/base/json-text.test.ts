import { expect, test } from 'vitest';
import { jsonText, spacedJsonText } from '../../src/base/json-text.ts';

test('integers of any size are written as they are', () => {
  const value = { large: 9007199254740993n, list: [-(2n ** 64n), 1], text: '5' };
  expect(jsonText(value)).toBe(
    '{"large":9007199254740993,"list":[-18446744073709551616,1],"text":"5"}',
  );
  expect(jsonText({ a: 1 }, 1)).toBe('{\n "a": 1\n}');
});

test('what scripts read has spaces where Python has them', () => {
  const value = {
    version: '1',
    none: null,
    gone: undefined,
    large: 2n ** 60n,
    list: [[], {}, true],
  };
  expect(spacedJsonText(value)).toBe(
    '{"version": "1", "none": null, "large": 1152921504606846976, "list": [[], {}, true]}',
  );
});
