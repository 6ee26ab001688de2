import { expect, test } from 'vitest';
import { textAtFault } from '../../src/eval/interpreter/text-at-fault.ts';
import type { Value } from '../../src/eval/value.ts';

/** What of `text`, all of it arguments, a message is about. */
function fault(
  text: string,
  message: string,
  variables: Readonly<Record<string, Value>> = {},
): string | undefined {
  const span = textAtFault(message, {
    source: { path: 'meson.build', text },
    spans: [{ start: 0, end: text.length }],
    variables: new Map(Object.entries(variables)),
  });
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

test('a variable that holds what a message names is at fault', () => {
  const message = 'File gone.txt does not exist.';
  const variables = { n: 'gone.txt', all: ['here.txt', ['gone.txt']], other: ['x'] };
  expect(fault("'here.txt', n", message, variables)).toBe('n');
  expect(fault("other, 'here', sources: all", message, variables)).toBe('all');
  expect(fault("all, 'gone.txt'", message, variables)).toBe('all');
  expect(fault("n('x'), a.n, 'n' # n", message, variables)).toBeUndefined();
});
