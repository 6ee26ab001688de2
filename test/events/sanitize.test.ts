import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitize } from '../../src/events/sanitize.ts';

const red = '\u001b[31mred\u001b[0m';

test('colours pass where they are wanted and end with the output', () => {
  expect(sanitize(red, { colors: true })).toBe(`${red}\u001b[0m`);
  expect(sanitize(red, { colors: false })).toBe('red');
  expect(sanitize('\u001b[1;38:5:3mx\n', { colors: true })).toBe('\u001b[1;38:5:3mx\u001b[0m\n');
});

test.each([
  ['a cursor movement', '\u001b[2Agone', '^[[2Agone'],
  ['a title', '\u001b]0;title\u0007', '^[]0;title^G'],
  ['a carriage return alone', 'ok\rfake', 'ok^Mfake'],
  ['a line end of Windows', 'a\r\nb\n', 'a\nb\n'],
  ['a C1 control', '\u009b2J', '<U+009B>2J'],
  ['a turn of direction', '\u202etxt', '<U+202E>txt'],
  ['an attribute that is none', '\u001b[>4;1m', '^[[>4;1m'],
])('%s is shown as text', (_, text, shown) => {
  expect(sanitize(text, { colors: true })).toBe(shown);
});

test('nothing but colours, tabs and line ends is left of control characters', () => {
  const alphabet = ['\u001b', '[', ']', 'm', 'A', '1', ';', '\r', '\n', '\u0007', '\u009b', 'x'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...alphabet)), (characters) => {
      const safe = sanitize(characters.join(''), { colors: true });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
      const left = safe.replace(/\u001b\[[0-9;:]*m/g, '').replace(/[\t\n]/g, '');
      expect(left).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('what gcc says after each colour leaves no trace', () => {
  const said =
    '\u001b[01m\u001b[Ka.c:1:5:\u001b[m\u001b[K \u001b[01;31m\u001b[Kerror\u001b[m\u001b[K\n';
  expect(sanitize(said, { colors: false })).toBe('a.c:1:5: error\n');
  expect(sanitize(said, { colors: true })).toBe(
    '\u001b[01ma.c:1:5:\u001b[m \u001b[01;31merror\u001b[m\u001b[0m\n',
  );
});
