import { expect, test } from 'vitest';
import { textAtFault } from '../../src/eval/interpreter/text-at-fault.ts';

/** What of `text`, all of it arguments, a message is about. */
function fault(text: string, message: string): string | undefined {
  const span = textAtFault(
    { path: 'meson.build', text },
    [{ start: 0, end: text.length }],
    message,
  );
  return span && text.slice(span.start, span.end);
}

test('the literal that a message names is at fault', () => {
  expect(fault("'a', 'b.c', 'cab.c'", 'File b.c does not exist.')).toBe("'b.c'");
  expect(fault("'a', 'x'", 'Tried to create target "a", but …')).toBe("'a'");
  expect(fault("'nope'", "Nonexistent build file 'nope/meson.build'")).toBe("'nope'");
  expect(fault("'nothing'", 'Option nothing does not exist.')).toBe("'nothing'");
});

test('a letter in a sentence names no literal, nor does a part of a word', () => {
  expect(fault("'a'", 'This is a problem')).toBeUndefined();
  expect(fault("'rob'", 'This is a problem')).toBeUndefined();
  expect(fault('files', 'File b.c does not exist.')).toBeUndefined();
});

test('the longest of several is meant', () => {
  expect(fault("'src', 'src/a.c'", 'File "src/a.c" in src does not exist')).toBe("'src/a.c'");
});

test('of an option with its value the name is enough', () => {
  const text = "'p', default_options: ['warning_level=2', 'nosuch=3']";
  expect(fault(text, 'Unknown option: "nosuch".')).toBe("'nosuch=3'");
});
