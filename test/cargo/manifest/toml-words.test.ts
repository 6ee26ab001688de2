import { expect, test } from 'vitest';
import { parseToml } from '../../../src/cargo/manifest/toml.ts';
import { renderDiagnostic } from '../../../src/diag/render.ts';

function said(text: string): readonly string[] {
  const read = parseToml({ path: 'Cargo.toml', text: `[package]\n${text}` });
  return read.ok ? [] : renderDiagnostic(read.error).split('\n').slice(0, 1);
}

test.each([
  ['[dependencies\n', '2:13: ERROR: unclosed table, expected `]`'],
  ['x =\n', '2:3: ERROR: string values must be quoted, expected literal string'],
  ['x = 1 2\n', '2:4: ERROR: string values must be quoted, expected literal string'],
  ['x = "a" b\n', '2:8: ERROR: unexpected key or value, expected newline, `#`'],
  ['x = tru\n', '2:4: ERROR: invalid boolean, expected `true`'],
  ['x = "abc\n', '2:8: ERROR: invalid basic string, expected `"`'],
  ["x = 'abc\n", "2:8: ERROR: invalid literal string, expected `'`"],
  ['x = [1,\n', '2:7: ERROR: unclosed array, expected `]`'],
  ['x = { a = 1,\n', '2:12: ERROR: unclosed inline table, expected `}`'],
  ['x = 01\n', '2:4: ERROR: unexpected leading zero, expected nothing'],
  ['= 1\n', '2:0: ERROR: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`'],
  ['é = 1\n', '2:0: ERROR: invalid unquoted key, expected letters, numbers, `-`, `_`'],
  ['abc\n', '2:3: ERROR: key with no value, expected `=`'],
])('what is no TOML is told in Cargo’s words, with a place that is there: %j', (text, expected) => {
  expect(said(text)).toEqual([`Cargo.toml:${expected}`]);
});
