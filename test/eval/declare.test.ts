import { expect, expectTypeOf, test } from 'vitest';
import { bool, listOf, mismatch, oneOf, str } from '../../src/eval/argument-type.ts';
import {
  builtin,
  keyword,
  optional,
  positional,
  requiredKeyword,
  rest,
} from '../../src/eval/declare.ts';
import { Pending } from '../../src/eval/value.ts';

test('a declaration gives `run` the types of its arguments', () => {
  const declared = builtin({
    name: 'greet',
    doc: 'Greets.',
    positional: [positional('who', str, 'Whom.'), optional('loud', bool, 'How.')],
    rest: rest('others', str, 'Whom else.'),
    keywords: {
      suffix: keyword(str, undefined, 'Put last.'),
      words: keyword(listOf(str), [], 'Words.'),
      must: requiredKeyword(bool, 'Needed.'),
    },
    returns: 'str',
    run: (_call, { positional: [who, loud], rest: others, keywords }) => {
      expectTypeOf(who).toEqualTypeOf<string>();
      expectTypeOf(loud).toEqualTypeOf<boolean | undefined>();
      expectTypeOf(others).toEqualTypeOf<readonly string[]>();
      expectTypeOf(keywords.suffix).toEqualTypeOf<string | undefined>();
      expectTypeOf(keywords.words).toEqualTypeOf<readonly string[]>();
      expectTypeOf(keywords.must).toEqualTypeOf<boolean>();
      return who;
    },
  });
  expect(declared.positional.map(({ name }) => name)).toEqual(['who', 'loud']);
  expect(declared.keepsLists).toBe(false);
});

test('a list type flattens, takes a lone value, and forces what is pending', () => {
  const type = listOf(oneOf<string | boolean>(str, bool));
  expect(type.read([['a'], [[true]], new Pending(() => 'b')])).toEqual(['a', true, 'b']);
  expect(type.read('a')).toEqual(['a']);
  expect(type.read([1])).toBe(mismatch);
  expect(type.names).toEqual(['array[str | bool]']);
});

test('a list that is not there yet is flattened like any other', () => {
  const pending = new Pending(() => ['b', 'c'], { isList: true });
  expect(listOf(str).read(['a', pending])).toEqual(['a', 'b', 'c']);
});
