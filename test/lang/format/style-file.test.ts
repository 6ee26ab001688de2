import { expect, test } from 'vitest';
import { readStyleFile } from '../../../src/lang/format/style-file.ts';

test('words of a style may stand in quotes', () => {
  expect(readStyleFile("end_of_line = 'crlf'\nindent_by = '  '", 'meson.format')).toEqual({
    ok: true,
    value: { style: { endOfLine: 'crlf', indentBy: '  ' }, useEditorConfig: false },
  });
});

test("muon's names mean what it means by them", () => {
  const read = (text: string) => readStyleFile(text, 'meson.format');
  expect(read('max_line_len = 90\nindent_size = 2\nkwa_ml = true\nsticky_parens = true')).toEqual({
    ok: true,
    value: {
      style: {
        maxLineLength: 90,
        indentBy: '  ',
        kwargsForceMultiline: true,
        stickyParens: true,
      },
      useEditorConfig: false,
    },
  });
  expect(read('indent_style = tab')).toMatchObject({ value: { style: { indentBy: '\t' } } });
  expect(read('indent_style = wide')).toMatchObject({
    error: expect.stringContaining('"indent_style"'),
  });
});

test('an end of lines that nobody knows is refused', () => {
  expect(readStyleFile("end_of_line = 'windows'", 'meson.format')).toMatchObject({
    ok: false,
    error: expect.stringContaining('option "end_of_line"'),
  });
});
