import { expect, test } from 'vitest';
import { diagnosticsFromText } from '../../../src/cli/build/diagnostics-from-text.ts';

test('what rustc told people is read as diagnostics again', () => {
  const text = [
    '\u001b[33mwarning\u001b[0m: unused variable: `x`\n --> src/main.rs:1:17\n  |\n1 | fn main() { let one = 1; }\n  |                 ^^^ help: `_one`\n\n',
    'warning: 1 warning emitted\n\n',
  ].join('');
  const read = diagnosticsFromText(text)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(read).toHaveLength(2);
  expect(read[0]).toMatchObject({
    level: 'warning',
    message: 'unused variable: `x`',
    rendered: text.slice(0, text.indexOf('warning: 1')),
    spans: [{ file_name: 'src/main.rs', line_start: 1, column_start: 17, column_end: 20 }],
  });
  expect(diagnosticsFromText('a script said this\n')).toBe('');
});
