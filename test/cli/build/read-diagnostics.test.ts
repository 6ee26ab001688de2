import { expect, test } from 'vitest';
import { readDiagnostics } from '../../../src/cli/build/read-diagnostics.ts';

test('what rustc told people is read as diagnostics again', () => {
  const text = [
    '\u001b[33mwarning\u001b[0m: unused variable: `x`\n --> src/main.rs:1:17\n  |\n1 | fn main() { let one = 1; }\n  |                 ^^^ help: `_one`\n\n',
    'warning: 1 warning emitted\n\n',
  ].join('');
  const read = readDiagnostics(text)
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
  expect(readDiagnostics('a script said this\n')).toBe('');
});
