import { expect, test } from 'vitest';
import { listOfText, notAllStrings } from '../../src/eval/options/list-value.ts';

test.each([
  [`['a', "b"]`, ['a', 'b']],
  [`["it's", 'say "x"', "a\\"b"]`, ["it's", 'say "x"', 'a"b']],
  [`["a\\\\'"]`, ["a\\'"]],
  ['a, b', ['a', 'b']],
  ['[]', []],
])('a list is read as Python or as a build file would write it: %s', (text, list) => {
  expect(listOfText(text)).toEqual({ ok: true, value: list });
});

test('what is no list is refused', () => {
  expect(listOfText('["a')).toEqual({ ok: false, error: 'malformed value ["a' });
  expect(listOfText('[1, "a"]')).toEqual({ ok: false, error: notAllStrings });
});
