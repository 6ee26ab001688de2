import { expect, test } from 'vitest';
import { type EvaluatedText, evaluateText } from '../../support/evaluate-text.ts';

const files = { 'a/x.tar.c': 'text\r\nmore\n', 'b/empty': '' };

function told(lines: string): EvaluatedText {
  return evaluateText({
    'meson.build': "project('p')\nfs = import('fs')\nsubdir('b')",
    'b/meson.build': lines,
    ...files,
  });
}

/** What an expression in `b/meson.build` comes to. */
function messageOf(expression: string): string {
  const { messages, error } = told(`message(${expression})`);
  return error ?? messages.join('\n');
}

test.each([
  ["fs.name('a/x.tar.c')", 'x.tar.c'],
  ["fs.stem('a/x.tar.c')", 'x.tar'],
  ["fs.stem('a/.hidden')", '.hidden'],
  ["fs.suffix('a/x.tar.c')", '.c'],
  ["fs.suffix('a.d/x')", ''],
  ["fs.parent('a/b/')", 'a/b'],
  ["fs.parent('x')", '.'],
  ["fs.parent('/x')", '/'],
  ["fs.replace_suffix('a/x.tar.c', '.h')", 'a/x.tar.h'],
  ["fs.replace_suffix('a/x.tar.c', '')", 'a/x.tar'],
  ["fs.as_posix('a\\\\b')", 'a/b'],
  ["fs.is_absolute('/a')", 'true'],
  ["fs.relative_to('/a/b', '/a/c/d')", '../../b'],
])('paths are texts: %s', (expression, value) => {
  expect(messageOf(expression)).toBe(value);
});

test.each([
  ["fs.exists('../a/x.tar.c')", 'true'],
  ["fs.exists('a/x.tar.c')", 'false'],
  ["fs.is_file('../a')", 'false'],
  ["fs.is_dir('../a')", 'true'],
  ["fs.size('empty')", '0'],
  ["fs.read('../a/x.tar.c').splitlines().length()", '2'],
  ["fs.read('none')", 'b/meson.build:1:11: ERROR: File none does not exist.'],
  ["fs.is_samepath('../a', '../b/../a')", 'true'],
  [
    "fs.hash('empty', 'sha256')",
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ],
])('paths of files are relative to the build file: %s', (expression, value) => {
  expect(messageOf(expression)).toBe(value);
});

test('a file is named from the top, as the build file wrote it', () => {
  const { messages } = told(
    "f = files('../a/x.tar.c')\nmessage(fs.parent(f), fs.name(f), fs.replace_suffix(f, '.h'))\nmessage(fs.stem(files('./../b/empty')))",
  );
  expect(messages).toEqual(['b/../a x.tar.c b/../a/x.tar.h', 'empty']);
});

test('a file that was read belongs to the build files', () => {
  const { model } = told("fs.read('../a/x.tar.c')");
  expect(model?.buildFiles.map(({ path }) => path)).toContain('/project/a/x.tar.c');
});
