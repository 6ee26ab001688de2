import { expect, test } from 'vitest';
import { readGcov } from '../../../src/testrun/coverage/gcov.ts';
import { lcovText } from '../../../src/testrun/coverage/lcov.ts';
import { LineTable } from '../../../src/testrun/coverage/line-counts.ts';

const text = [
  '        -:    0:Source:../src/a.c',
  '        -:    0:Graph:a.gcno',
  '        -:    1:/* a comment: with colons */',
  '        3:    2:int f(int a) {',
  '        3*:   3:  return a ? 1 : 2;',
  '    #####:    4:  g();',
  '    =====:    5:  catch_it();',
  '        -:    0:Source:/usr/include/b.h',
  '        7:    1:inline',
].join('\n');

test('lines, how often they ran, and those that never did, come from gcov', () => {
  const table = new LineTable();
  readGcov(text, '/project/build', table);
  readGcov(text, '/project/build', table);
  expect([...table.counts].map(([path, lines]) => [path, [...lines]])).toEqual([
    [
      '/project/src/a.c',
      [
        [2, 6],
        [3, 6],
        [4, 0],
        [5, 0],
      ],
    ],
    ['/usr/include/b.h', [[1, 14]]],
  ]);
});

test('counts are written as lcov writes them', () => {
  const table = new LineTable();
  table.add('a.c', 4, 0);
  table.add('a.c', 2, 6);
  expect(lcovText(table.counts)).toBe('SF:a.c\nDA:2,6\nDA:4,0\nLF:2\nLH:1\nend_of_record\n');
});
