import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault } from '../../src/base/json-fault.ts';

test('what does not belong into a text in JSON is found', () => {
  expect(jsonFault('{"a": [1, -2.5e3, "x\\n\\u00e4", true], "b": {}}\n')).toBeUndefined();
  const at = (text: string) => text.slice(jsonFault(text));
  expect(at('{"a": 1}}\n')).toBe('}\n');
  expect(at('{{"a": 1}')).toBe('{"a": 1}');
  expect(at('{"a": 1,}')).toBe('}');
  expect(at('{"a" 1}')).toBe('1}');
  expect(at('{"a": 1 // why\n}')).toBe('// why\n}');
  expect(at('[1 2]')).toBe('2]');
  expect(at("{'a': 1}")).toBe("'a': 1}");
  expect(at('{"a": 01}')).toBe('1}');
  expect(at('{"a": [')).toBe('');
  expect(at('')).toBe('');
});

test('what is nested without end is a fault of its own', () => {
  expect(jsonFault('['.repeat(1_000_000))).toBe(500);
  expect(jsonFault(`${'['.repeat(400)}${']'.repeat(400)}`)).toBeUndefined();
  expect(jsonFault(`[${'[1],'.repeat(10_000)}1]`)).toBeUndefined();
});

test('nothing is found in JSON, and something in all else', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(jsonFault(text)).toBeUndefined();
    }),
  );
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom(...'{}[],:"1x'), (text, at, odd) => {
      const cut = at % (text.length + 1);
      const damaged = `${text.slice(0, cut)}${odd}${text.slice(cut + (at % 2))}`;
      const isJson = (() => {
        try {
          JSON.parse(damaged);
          return true;
        } catch {
          return false;
        }
      })();
      expect(jsonFault(damaged) === undefined).toBe(isJson);
    }),
  );
});
