import { expect, test } from 'vitest';
import { withoutIncludes } from '../../../src/exec/inputs/include-lines.ts';

test('lines that name what was read are taken from an output, as is the name of the source before them', () => {
  const said = 'Main.CPP\r\nRead:   a.h\r\nRead: b.h\nRead: a.h\nodd.c\nRead:\nwarning';
  expect(withoutIncludes(said, 'Read:')).toEqual({
    output: 'odd.c\nRead:\nwarning\n',
    read: ['a.h', 'b.h'],
  });
});

test('headers of the system are not looked after, and nothing is taken where no such lines are expected', () => {
  const said = 'Read: C:/Program Files/x.h\nmain.c\n';
  expect(withoutIncludes(said, 'Read:')).toEqual({ output: 'main.c\n', read: [] });
  expect(withoutIncludes(said, undefined)).toEqual({ output: said, read: [] });
});
