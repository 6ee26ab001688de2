import { expect, test } from 'vitest';
import { codeOnInput } from '../../src/toolchains/gnu/code-on-input.ts';

const words = (text: string): string => codeOnInput('c', text.split(' ')).join(' ');

test('files that follow are of the language of their suffix', () => {
  expect(words('-o out -lm libx.a -ly b.o')).toBe('-xc - -o out -lm -xnone libx.a -ly b.o');
  expect(words('@files')).toBe('-xc - -xnone @files');
});

test('where no file follows nothing is said of the language of files', () => {
  for (const none of ['-o out', '-o out -lm -L dir -Wl,-O1', '-I . -include a.h -Xlinker -z'])
    expect(words(none)).toBe(`-xc - ${none}`);
});
