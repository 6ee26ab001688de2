import { expect, test } from 'vitest';
import { sameMeaning } from '../../src/lang/same-meaning.ts';

const text = "project('p', 'c')\nif true\n  x = ['a', '''b\nc''']\nendif\n";

test.each([
  ['a comment', `# first\n${text}`],
  ['a comment behind a statement', text.replace("'c')", "'c') # why")],
  ['empty lines', text.replace('if', '\n\n  if')],
  ['lines inside brackets', text.replace("'p', ", "'p',\n")],
  ['no line end at the end', text.trimEnd()],
])('%s changes no meaning', (_, other) => {
  expect(sameMeaning(text, other)).toBe(true);
});

test.each([
  ['another string', text.replace("'a'", "'b'")],
  ['space inside a string', text.replace("'a'", "'a '")],
  ['a comment sign inside a string', text.replace("b\nc'''", "b # d\nc'''")],
  ['a statement', `${text}x = 1\n`],
  ['two statements made one', text.replace('true\n', 'true and \\\n')],
  ['an error', `${text}(`],
  ['a character that means nothing', `${text}$`],
])('%s does', (_, other) => {
  expect(sameMeaning(text, other)).toBe(false);
});
