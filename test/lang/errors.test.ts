import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { parse } from '../../src/lang/parse.ts';

/** What is wrong with a text, each by its headline. */
function headlines(text: string): readonly string[] {
  return parse({ path: 'f', text }).diagnostics.map(
    (diagnostic) => renderDiagnostic(diagnostic).split('\n')[0] ?? '',
  );
}

/** All that is shown for a text. */
function shown(text: string): string {
  return parse({ path: 'f', text })
    .diagnostics.map((each) => renderDiagnostic(each))
    .join('\n');
}

test.each([
  ["project('a')\n[1][0] = 2", 'f:2:0: ERROR: Assignment target must be an id.'],
  ["'a' += 1", 'f:1:0: ERROR: Plusassignment target must be an id.'],
  ['if a\n  x\n   or b\nendif', 'f:3:3: ERROR: Invalid or clause.'],
  ['x = and b', 'f:1:4: ERROR: Invalid and clause.'],
  ['x = a ? (b ? 1 : 2) : 3', 'f:1:9: ERROR: Nested ternary operators are not allowed.'],
  ['x = 012', 'f:1:5: ERROR: Expecting eof got number.'],
  ['x = 1.5', 'f:1:4: ERROR: meson does not support float numbers'],
  ["x.'a'()", 'f:1:5: ERROR: Method name must be plain id'],
  ['x.if()', 'f:1:2: ERROR: Method name must be plain id'],
  ['x.y', 'f:1:3: ERROR: Expecting lparen got eof.'],
  ["'f'(1)", 'f:1:0: ERROR: Function call must be applied to plain id'],
  ['f()(1)', 'f:1:3: ERROR: Expecting eof got lparen.'],
  ["f('a': 1)", 'f:1:2: ERROR: Dictionary key must be a plain identifier.'],
  ["{'a', 'b'}", 'f:1:1: ERROR: Only key:value pairs are valid in dict construction.'],
  ['f(a b)', 'f:1:4: ERROR: Expecting rparen got id.'],
  ['x = [1, 2', 'f:1:9: ERROR: Expecting rbracket got eof.'],
  ['if a\nx = 1\n', 'f:2:6: ERROR: Expecting endif got eof.'],
  ['if a b\nendif', 'f:1:5: ERROR: Expecting eol got id.'],
  ['foreach a, b, c : d\nendforeach', 'f:1:12: ERROR: Expecting colon got comma.'],
  ['foreach 1 : d\nendforeach', 'f:1:8: ERROR: Expecting id got number.'],
  ['endif', 'f:1:0: ERROR: Expecting eof got endif.'],
  ['a == b == c', 'f:1:7: ERROR: Expecting eof got equal.'],
  ['not not a', 'f:1:8: ERROR: Expecting eof got id.'],
  ['x = "a"', 'f:1:4: ERROR: Double quotes are not supported. Use single quotes.'],
  ["x = 'a", 'f:1:4: ERROR: lexer: unrecognized token "\'"'],
  ["x = 'a\\\nb'", 'f:1:4: ERROR: lexer: unrecognized token "\'"'],
  ["x = '''a", 'f:1:6: ERROR: lexer: unrecognized token "\'"'],
  ['x = @', "f:1:4: ERROR: lexer: unrecognized token '@'"],
  ['x = \\ 1', "f:1:4: ERROR: lexer: unrecognized token '\\\\'"],
  ['x = \u00a0 1', "f:1:4: ERROR: lexer: unrecognized token '\\xa0'"],
  ['é = 1', "f:1:0: ERROR: lexer: unrecognized token 'é'"],
  ['\uFEFFx = 1', 'f:0:0: ERROR: Builder file must be encoded in UTF-8 (with no BOM)'],
])("%j is refused in Meson's words, once", (text, expected) => {
  expect(headlines(text)).toEqual([expected]);
});

test('every error is told, not only the first', () => {
  const text = `project("p", version: '1' license: 'MIT')
if x && y
  foo(a b,
      c d)
else if z
endif
foreach x in y
  y = 1 2
endforeach
z = [1, 2
f('k': 1)
x = ; 3
`;
  expect(headlines(text)).toEqual([
    'f:1:8: ERROR: Double quotes are not supported. Use single quotes.',
    'f:1:26: ERROR: Expecting rparen got id.',
    "f:2:5: ERROR: lexer: unrecognized token '&'",
    'f:3:8: ERROR: Expecting rparen got id.',
    'f:4:8: ERROR: Expecting rparen got id.',
    'f:5:5: ERROR: Expecting eol got if.',
    'f:7:10: ERROR: Expecting colon got in.',
    'f:8:8: ERROR: Expecting endforeach got number.',
    'f:11:0: ERROR: Expecting rbracket got id.',
    'f:11:2: ERROR: Dictionary key must be a plain identifier.',
    "f:12:4: ERROR: lexer: unrecognized token ';'",
  ]);
});

test('a bracket never closed ends where the next statement begins', () => {
  expect(shown("x = files('a.c'\ny = 1\nz = 2 3\n")).toBe(`f:2:0: ERROR: Expecting rparen got id.
    2 | y = 1
      | ^
  f:1:9: "(" begins here
f:3:6: ERROR: Expecting eof got number.
    3 | z = 2 3
      |       ^`);
});

test('a closer that comes late is not complained of again', () => {
  expect(headlines('deps = [\na.b()\nc.d()\n]\nx = 1\n')).toEqual([
    'f:3:0: ERROR: Expecting rbracket got id.',
  ]);
});

test('a wrong closer closes, or stands for one that is missing', () => {
  expect(headlines('x = [1, 2)\ny = 1')).toEqual(['f:1:9: ERROR: Expecting rbracket got rparen.']);
  expect(headlines('f([1, 2)\ny = 1')).toEqual(['f:1:7: ERROR: Expecting rbracket got rparen.']);
});

test('a missing end of a block is told once, at the word that shows it', () => {
  expect(headlines('foreach a : b\n  if c\nendforeach\nx = 1')).toEqual([
    'f:3:0: ERROR: Expecting endif got endforeach.',
  ]);
  expect(headlines('if a\n  if b\n')).toEqual(['f:2:7: ERROR: Expecting endif got eof.']);
  expect(headlines('if a\nendforeach\nx = 1')).toEqual([
    'f:2:0: ERROR: Expecting endif got endforeach.',
  ]);
});

test('at the end of a file the caret stands where the block begins', () => {
  expect(shown('x = 1\nif a\n')).toBe(`f:2:5: ERROR: Expecting endif got eof.
    2 | if a
      | ^^
  f:2:0: "if" begins here`);
});

test('an end of a block that stands under another one hints at the end that is missing', () => {
  expect(shown('if a\n  if b\nendif\nx = 1\n')).toBe(`f:4:6: ERROR: Expecting endif got eof.
    1 | if a
      | ^^
  f:1:0: "if" begins here
  f:3:0: this does not stand under the word whose block it ends`);
});

test('a lost quote spoils only its line, and is counted as Meson counts', () => {
  expect(shown("message('a)\nmessage('b')\nx = 1 2\n")).toBe(
    `f:1: WARNING: Newline character in a string detected, use ''' (three single quotes) for multiline strings instead.
This will become a hard error in a future Meson release.
f:1:21: ERROR: Expecting rparen got id.
    1 | message('a)
      |         ^^^
  f:1:7: "(" begins here
  hint: No quote closes this string on its line.
f:3:6: ERROR: Expecting eof got number.
    3 | x = 1 2
      |       ^`,
  );
});

test('an operator of another language is taken for ours', () => {
  expect(shown('if !a || b\nendif')).toBe(`f:1:3: ERROR: lexer: unrecognized token '!'
    1 | if !a || b
      |    ^
  hint: Write "not".
f:1:6: ERROR: lexer: unrecognized token '|'
    1 | if !a || b
      |       ^^
  hint: Write "or".`);
});

test('a keyword given twice is warned of where Meson warns', () => {
  expect(headlines("f('a',\n  b: 1,\n  b: 2)")).toEqual([
    'f:1: WARNING: Keyword argument "b" defined multiple times.',
    'WARNING: This will be an error in Meson 2.0.',
  ]);
});

test('a name that will be a word is warned of', () => {
  expect(headlines('return = 1')).toEqual([
    "f:1: WARNING: Identifier 'return' will become a reserved keyword in a future release. Please rename it.",
  ]);
});

test('an escape that names no character is told at the escape', () => {
  expect(shown(String.raw`x = 'a\N{NO SUCH}'`)).toBe(
    String.raw`f:1:6: ERROR: Unknown Unicode character name "NO SUCH".
    1 | x = 'a\N{NO SUCH}'
      |       ^^^^^^^^^^^`,
  );
});

test('after a hundred errors the rest is left', () => {
  expect(headlines('x y\n'.repeat(20_000))).toHaveLength(100);
});

test('what a merge, a web page or another encoding left in a file is told', () => {
  expect(shown('<<<<<<< HEAD\nx = 1')).toContain('hint: A merge with conflicts left this line');
  expect(shown('x = \u2018a\u2019')).toContain("hint: Strings have straight quotes: '…'.");
  expect(shown('x\u00a0= 1')).toContain('hint: This is no plain space');
  expect(shown('\uFEFFx = 1')).toContain('hint: Save it without a byte order mark.');
});
