import { expect, test } from 'vitest';
import { headlineSpan } from '../../src/lang/headline-span.ts';
import { parse } from '../../src/lang/parse.ts';

test.each([
  ['f(1)', 0],
  ['a.b().c()', 6],
  ['a.b() + c', 2],
  ['not a.b()', 4],
  ['- a', 2],
  ['a[0]', 0],
  ['a ? b : c', 0],
  ['(a)', 0],
  ['x = a.b()', 0],
  ['if a.b()\nendif', 5],
  ['foreach a : b\nendforeach', 0],
  ['+ 1', 0],
  ['break # so\n', 10],
])('Meson points %j at column %i', (text, column) => {
  const [statement] = parse({ path: 'f', text }).tree.statements;
  expect(statement === undefined ? undefined : headlineSpan(statement).start).toBe(column);
});
