import { expect, test } from 'vitest';
import { type ParseOptions, parse } from '../../src/lang/parse.ts';
import { printTree } from '../support/print-tree.ts';

/** The tree of a text that has nothing wrong. */
function tree(text: string, options: ParseOptions = {}): string {
  const { tree, diagnostics } = parse({ path: 'meson.build', text }, options);
  expect(diagnostics).toEqual([]);
  return printTree(tree);
}

test('operators bind as in Meson, strongest last', () => {
  expect(tree('x = not a or b and c == d + e * f\n')).toBe(
    'x = ((not a) or (b and (c == (d + (e * f)))))',
  );
  expect(tree('-a.b() % 2 - 3 - 4')).toBe('((((- a.b()) % 2) - 3) - 4)');
  expect(tree("'a' not in b\n'a' in b / c")).toBe('("a" not in b)\n("a" in (b / c))');
  expect(tree('x += a ? b : c == 1')).toBe('x += (a ?: b ?: (c == 1))');
  expect(tree('(1 + 2) * 3')).toBe('(<(1 + 2)> * 3)');
});

test('calls, methods and indexes follow one another', () => {
  expect(tree("f(1, a, k: [2,], j: {}).m()[0]['x'].n(k: 3)")).toBe(
    'f(1, a, k: [2], j: {}).m()[0]["x"].n(k: 3)',
  );
});

test('strings are single, triple, format, or both', () => {
  expect(tree("a = 'x' + f'@y@' + '''\\n'z'\n''' + f'''@y@'''")).toBe(
    'a = ((("x" + f"@y@") + \'\'\'"\\\\n\'z\'\\n") + \'\'\'f"@y@")',
  );
  expect(tree("a = '' + '''''' + f''")).toBe('a = (("" + \'\'\'"") + f"")');
  expect(tree("f = 1\nf('a')")).toBe('f = 1\nf("a")');
});

test('escapes stand for characters, and an unknown one for itself', () => {
  expect(
    tree(
      String.raw`x = '\\\'\a\b\f\n\r\t\v\046\x26\u2D4d\U0001F600\N{GREEK CAPITAL LETTER DELTA}'`,
    ),
  ).toBe(`x = ${JSON.stringify("\\'\x07\b\f\n\r\t\v&&\u2d4d😀Δ")}`);
  expect(tree(String.raw`x = '\q\"\x2\8'`)).toBe(`x = ${JSON.stringify('\\q\\"\\x2\\8')}`);
});

test('numbers are decimal, hexadecimal, octal or binary', () => {
  expect(tree('[0, 10, 0x1F, 0Xff, 0o17, 0b101]')).toBe('[0, 10, 31, 255, 15, 5]');
});

test('dictionaries take any expression as key', () => {
  expect(tree("{'a': 1, b + 'c': {'d': [],},}")).toBe('{"a": 1, (b + "c"): {"d": []}}');
});

test('blocks nest', () => {
  const text = `if a
  foreach k, v : d
    if b
      continue
    elif c
      break
    else
      x += k
    endif
  endforeach
endif
foreach i : range(3) f(i)
endforeach`;
  expect(tree(text)).toBe(`if a
  foreach k, v : d
    if b
      continue
    elif c
      break
    else
      x += k
foreach i : range(3)
  f(i)`);
});

test('a line goes on inside brackets and behind a backslash', () => {
  expect(tree('f(\n1, # one\n\n2)\nx = a \\\n  and b \\ # so\n  and c')).toBe(
    'f(1, 2)\nx = ((a and b) and c)',
  );
});

test('line ends are alike on all systems, also in strings', () => {
  expect(tree("x = '''a\r\nb'''\r\nif a \\\r\nand b\ry = 1\r\nendif\r\n")).toBe(
    "x = '''\"a\\nb\"\nif (a and b)\n  y = 1",
  );
});

test('comments are kept', () => {
  const text = '# one\r\nx = [ # two\n] \\ # three\n';
  expect(parse({ path: 'f', text }).tree.comments.map((comment) => comment.text)).toEqual([
    '# one',
    '# two',
    '# three',
  ]);
});

test('"testcase" is a word only where asked for', () => {
  const text = "testcase expect_error('x')\n  f()\nendtestcase";
  expect(tree(text, { testcases: true })).toBe('testcase expect_error("x")\n  f()');
  expect(tree('testcase = 1')).toBe('testcase = 1');
});

test('"~" is a name in machine files only', () => {
  expect(tree('~ / x', { machineFile: true })).toBe('(~ / x)');
});

test('what Meson parses and refuses only when evaluated is in the tree', () => {
  expect(tree('x =\nf(a:)\ny = ()\n1 + + 2\nif\nendif')).toBe(
    'x = ∅\nf(a: ∅)\ny = <∅>\n((1 + ∅) + 2)\nif ∅',
  );
  expect(tree('f(a = 1)\nb = c = 2\n[1, a: 2]')).toBe('f((a = 1))\nb = (c = 2)\n[1, a: 2]');
});

test('a positional argument behind a keyword is marked', () => {
  const [statement] = parse({ path: 'f', text: 'f(a: 1, b, c)' }).tree.statements;
  expect(statement).toMatchObject({
    expression: { args: { misplaced: { start: 8, end: 9 } } },
  });
});

test('long chains parse, and deep nesting is refused', () => {
  const long = Array.from({ length: 20_000 }, () => 'a').join(' + ');
  expect(parse({ path: 'f', text: `x = ${long}` }).diagnostics).toEqual([]);
  const elifs = `if a\n${'elif b\nx = 1\n'.repeat(20_000)}endif`;
  expect(parse({ path: 'f', text: elifs }).diagnostics).toEqual([]);
  for (const text of ['('.repeat(50_000), 'if a\n'.repeat(5000), 'a = '.repeat(5000)]) {
    expect(parse({ path: 'f', text }).diagnostics.map(({ message }) => message)).toEqual([
      'Brackets and blocks are nested more than 250 deep.',
    ]);
  }
});
