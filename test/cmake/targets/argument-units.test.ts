import { expect, test } from 'vitest';
import { addedArguments } from '../../../src/cmake/targets/argument-units.ts';

test('arguments are added once, flags with their values', () => {
  expect(
    addedArguments(
      ['-g', '-include', 'a.h', '-Xclang', '-x1'],
      ['-g', '-include', 'b.h', '-include', 'a.h', '-Xclang', '-x2', '-DA'],
    ),
  ).toEqual([
    '-g',
    '-include',
    'a.h',
    '-Xclang',
    '-x1',
    '-include',
    'b.h',
    '-Xclang',
    '-x2',
    '-DA',
  ]);
});

test('a flag at the end has no value', () => {
  expect(addedArguments([], ['-g', '-include'])).toEqual(['-g', '-include']);
});
