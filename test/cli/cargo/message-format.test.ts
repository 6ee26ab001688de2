import { expect, test } from 'vitest';
import { messageFormat } from '../../../src/cli/cargo/message-format.ts';

test('kinds of JSON may be said together, of others only one', () => {
  const read = (...said: readonly string[]) => {
    const format = messageFormat(said);
    return format.ok ? format.value : format.error;
  };
  expect(read()).toEqual({ kind: 'human' });
  expect(read('SHORT')).toEqual({ kind: 'short' });
  expect(read('json')).toEqual({ kind: 'json', rendered: 'plain', forPeople: false });
  expect(read('json,json-render-diagnostics', 'json-diagnostic-rendered-ansi')).toEqual({
    ...{ kind: 'json', rendered: 'ansi', forPeople: true },
  });
  expect(read('json,json')).toBe('cannot specify two kinds of `message-format` arguments');
  expect(read('json,human')).toBe('cannot specify two kinds of `message-format` arguments');
  expect(read('short', 'short')).toBe('cannot specify two kinds of `message-format` arguments');
  expect(read('constructor')).toBe('invalid message format specifier: `constructor`');
  expect(read('xml')).toBe('invalid message format specifier: `xml`');
});
