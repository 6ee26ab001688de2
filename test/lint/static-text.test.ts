import { expect, test } from 'vitest';
import { parse } from '../../src/lang/parse.ts';
import type { Expression } from '../../src/lang/tree.ts';
import { mayBe, textsOf } from '../../src/lint/static-text.ts';

/** The texts that an expression may stand for, with `…` for what is not known; `list` and `name` are known variables. */
function texts(text: string): readonly string[] {
  const variables: Readonly<Record<string, readonly Expression[]>> = {
    list: [expression("['a', 'b']")],
    name: [expression("'x'"), expression("'y'")],
  };
  const patterns = textsOf(expression(text), (variable) => variables[variable]);
  return patterns.map((pattern) => pattern.map((part) => part ?? '…').join(''));
}

function expression(text: string): Expression {
  const [statement] = parse({ path: 'meson.build', text }).tree.statements;
  if (statement?.kind !== 'expression') throw new Error(`${text} is no expression`);
  return statement.expression;
}

test.each([
  ["'a' + 'b' / 'c'", ['ab/c']],
  ["'lib' + name", ['libx', 'liby']],
  ["name / 'src' + '.c'", ['x/src.c', 'y/src.c']],
  ["list + ['c']", ['a', 'b', 'c']],
  ["{'k': 1, 'l': 2}.keys()", ['k', 'l']],
  ["cond ? 'yes' : 'no'", ['yes', 'no']],
  ["f'@name@.c'", ['….c']],
  ["'@0@-@1@'.format(name, 3)", ['x-3', 'y-3']],
  ["'@0@-@1@'.format('a')", ['a-…']],
  ["unknown + '.h'", ['….h']],
  ["'a'.to_upper()", ['…']],
  ["files('a.c', 'b.c')", ['a.c', 'b.c']],
])('%s may be %j', (text, expected) => {
  expect(texts(text)).toEqual(expected);
});

test('an expression that may be too many texts may be any', () => {
  const many = `[${Array.from({ length: 20 }, (_, at) => `'${at}'`).join(', ')}]`;
  expect(texts(`${many} / 'x'`)).toHaveLength(20);
  expect(texts(`(${many}) / (${many})`)).toEqual(['…']);
});

test('a gap stands for any text, and all else for itself', () => {
  expect(mayBe(['src/', undefined, '.c'], 'src/a/b.c')).toBe(true);
  expect(mayBe(['src/', undefined, '.c'], 'src/a.cc')).toBe(false);
  expect(mayBe(['a.c'], 'abc')).toBe(false);
  expect(mayBe([undefined], 'two\nlines')).toBe(true);
});
