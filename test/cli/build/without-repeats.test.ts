import { expect, test } from 'vitest';
import { shortWithoutRepeats, withoutRepeats } from '../../../src/cli/build/without-repeats.ts';

const lines = (...messages: readonly string[]) =>
  messages
    .map((message) => `${JSON.stringify({ message, rendered: `warning: ${message}\n\n` })}\n`)
    .join('');

const text = (...messages: readonly string[]) =>
  messages.map((message) => `warning: ${message}\n\n`).join('');

function said(...messages: readonly string[]) {
  return { text: text(...messages), diagnostics: lines(...messages) };
}

test('what a library and its unit tests have in common is told once', () => {
  const shown = withoutRepeats();
  expect(shown(said('a', '1 warning emitted'))).toBe(text('a', '1 warning emitted'));
  expect(shown(said('a', '1 warning emitted'))).toBe('');
  expect(shown(said('a', 'b', '2 warnings emitted'))).toBe(text('b', '2 warnings emitted'));
  expect(shown({ text: 'a script said this\n', diagnostics: '' })).toBe('a script said this\n');
  expect(withoutRepeats()(said('a'))).toBe(text('a'));
});

test('so it is where each thing is a line', () => {
  const shown = shortWithoutRepeats();
  const short = (...messages: readonly string[]) => ({
    text: 'long',
    diagnostics: messages
      .map((message) => ({ message, level: 'warning', rendered: message, code: null, spans: [] }))
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  });
  expect(shown(short('a', 'b'))).toBe('warning: a\nwarning: b\n');
  expect(shown(short('b', 'c'))).toBe('warning: c\n');
  expect(shown({ text: 'a script said this\n', diagnostics: '' })).toBe('a script said this\n');
});
