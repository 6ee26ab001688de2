import { expect, test } from 'vitest';
import { readStyleFile } from '../../../src/lang/format/style-file.ts';

test('words of a style may stand in quotes', () => {
  expect(readStyleFile("end_of_line = 'crlf'\nindent_by = '  '", 'meson.format')).toEqual({
    ok: true,
    value: { style: { endOfLine: 'crlf', indentBy: '  ' }, useEditorConfig: false },
  });
});

test('an end of lines that nobody knows is refused', () => {
  expect(readStyleFile("end_of_line = 'windows'", 'meson.format')).toMatchObject({
    ok: false,
    error: expect.stringContaining('option "end_of_line"'),
  });
});
