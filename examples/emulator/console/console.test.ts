import { describe, expect, test } from 'vitest';
import { charactersOf } from './keys.ts';
import { Screen } from './screen.ts';

function shown(...texts: string[]): string {
  const screen = new Screen();
  for (const text of texts) screen.write(text);
  return screen.text;
}

describe('the screen', () => {
  test('shows lines', () => {
    expect(shown('one\ntwo', ' more\r\n')).toBe('one\ntwo more\n');
  });

  test('a carriage return starts the line again, over what stands there', () => {
    expect(shown('50 %\r100')).toBe('100%');
  });

  test('a backspace steps back, but not before the line', () => {
    expect(shown('ab\b\b\bx')).toBe('xb');
  });

  test('other control characters are not shown', () => {
    expect(shown('a\x07\x1bb')).toBe('ab');
  });

  test('the oldest lines go', () => {
    expect(shown('first\n', 'x\n'.repeat(1000)).startsWith('x\n')).toBe(true);
  });
});

describe('the keyboard', () => {
  const plain = { ctrlKey: false, altKey: false, metaKey: false };

  test.each([
    ['a', 'a'],
    ['Enter', '\r'],
    ['Backspace', '\x7f'],
    ['Shift', undefined],
    ['ArrowUp', undefined],
  ])('%s', (key, characters) => {
    expect(charactersOf({ ...plain, key })).toBe(characters);
  });

  test('control and a letter is a control character', () => {
    expect(charactersOf({ ...plain, key: 'd', ctrlKey: true })).toBe('\x04');
  });

  test('what the browser has shortcuts for stays with it', () => {
    expect(charactersOf({ ...plain, key: 'l', altKey: true })).toBeUndefined();
    expect(charactersOf({ ...plain, key: 'F5', ctrlKey: true })).toBeUndefined();
  });
});
