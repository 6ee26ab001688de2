import { expect, test } from 'vitest';
import { format } from '../../../src/lang/format/format.ts';
import { defaultStyle, type FormatStyle } from '../../../src/lang/format/style.ts';

function formatted(text: string, style: Partial<FormatStyle> = {}): string {
  const result = format({ path: 'meson.build', text }, { ...defaultStyle, ...style });
  if (!result.ok) throw new Error(result.error[0]?.message);
  return result.value;
}

test('spaces stand where they belong', () => {
  expect(formatted("x=1+2\ny  = [ 1,2 ]\nz={'a':1}\nf( a , b:c )\nn = not  a\n")).toBe(
    "x = 1 + 2\ny = [1, 2]\nz = {'a': 1}\nf(a, b: c)\nn = not a\n",
  );
});

test('blocks are indented, with their comments', () => {
  expect(formatted('if a\n# c\n  b = 1 # d\n# e\nelse\nx()\nendif\n')).toBe(
    'if a\n    # c\n    b = 1  # d\n    # e\nelse\n    x()\nendif\n',
  );
});

test('a comma before the closing bracket keeps arguments on lines of their own', () => {
  expect(formatted("f('a', b: 1,)")).toBe("f(\n    'a',\n    b: 1,\n)\n");
  expect(formatted("f(\n  'a', b: 1)")).toBe("f('a', b: 1)\n");
});

test('a line that is too long is split at its outermost brackets first', () => {
  const text =
    "executable('program', ['aaaaaaaaaa.c', 'bbbbbbbbbbb.c'], dependencies: [one, two, three])";
  expect(formatted(text)).toBe(
    "executable(\n    'program',\n    ['aaaaaaaaaa.c', 'bbbbbbbbbbb.c'],\n    dependencies: [one, two, three],\n)\n",
  );
});

test('a condition in parentheses that is too long is split before and and or', () => {
  expect(formatted('x = (aaaaaa and bbbbbb)\n', { maxLineLength: 20 })).toBe(
    'x = (\n    aaaaaa\n    and bbbbbb\n)\n',
  );
});

test('a method call behind a backslash stays on its line', () => {
  expect(formatted("o = get_option('a') \\\n  .disable_if(b, error_message: 'c',)\n")).toBe(
    "o = get_option('a') \\\n    .disable_if(\n        b,\n        error_message: 'c',\n    )\n",
  );
});

test('strings lose what changes nothing, and nothing else', () => {
  expect(formatted("a = '''b'''\nc = f'd'\ne = '''f\\n'''\ng = f'@h@'\n")).toBe(
    "a = 'b'\nc = 'd'\ne = '''f\\n'''\ng = f'@h@'\n",
  );
});

test('files() needs no list, and is sorted where that is wanted', () => {
  expect(formatted("f = files(['b.c', 'a.c'])\n")).toBe("f = files('b.c', 'a.c')\n");
  expect(formatted("f = files('x10.c', 'x9.c', 'd/a.c')", { sortFiles: true })).toBe(
    "f = files('d/a.c', 'x9.c', 'x10.c')\n",
  );
});

test('options with values stay together where that is wanted', () => {
  expect(formatted("a = ['--x', 'y', 'z',]", { groupArgValue: true })).toBe(
    "a = [\n    '--x', 'y',\n    'z',\n]\n",
  );
});

test('styles of muon: wide colons, padded lists, no comma behind a single argument', () => {
  const style = { wideColon: true, spaceArray: true, noSingleCommaFunction: true };
  expect(formatted("f(a:[1])\ng(\n  'x', # y\n)\n", style)).toBe(
    "f(a : [ 1 ])\ng(\n    'x'  # y\n)\n",
  );
});

test("muon's brackets beside what they hold, and conditions that stand out", () => {
  const text = 'if (aaaaaa and bbbbbb)\nx()\nendif\ny = (\n  aaaaaa and bbbbbb\n)\n';
  expect(formatted(text, { maxLineLength: 20, stickyParens: true })).toBe(
    'if (aaaaaa\n    and bbbbbb)\n    x()\nendif\ny = (aaaaaa\n    and bbbbbb)\n',
  );
  expect(formatted(text, { maxLineLength: 20, continuationIndent: true })).toBe(
    'if (\n        aaaaaa\n        and bbbbbb\n    )\n    x()\nendif\ny = (\n    aaaaaa\n    and bbbbbb\n)\n',
  );
});

test('what stands between fmt: off and fmt: on stays as it is', () => {
  const table = 'table = [1,0,\n         0,1]\n';
  expect(formatted(`a=1\n# fmt: off\n${table}# fmt: on\nb=2\n`)).toBe(
    `a = 1\n# fmt: off\n${table}# fmt: on\nb = 2\n`,
  );
  expect(formatted(`if a\n# fmt: off\n${table}endif\n`)).toBe(
    `if a\n    # fmt: off\n${table}endif\n`,
  );
  expect(formatted('a = [\n1,\n  #fmt:off\n2,3,\n4]\n#fmt:on\nb=[5,6]\n')).toBe(
    'a = [\n    1,\n    #fmt:off\n2,3,\n4]\n#fmt:on\nb = [5, 6]\n',
  );
  expect(formatted("a=1\nb = '# fmt: off'\nc=2\n")).toBe("a = 1\nb = '# fmt: off'\nc = 2\n");
});

test('what moves across fmt: off leaves all as it is', () => {
  const text = "a=1\nf = files('b.c', # fmt: off\n'a.c', # fmt: on\n'c.c')\n";
  expect(formatted(text, { sortFiles: true })).toBe(text);
});

test('empty lines between statements stay', () => {
  expect(formatted('\na = 1\n\n\nb = 2\n\n')).toBe('\na = 1\n\n\nb = 2\n\n');
});

test('a text with errors is not touched', () => {
  expect(format({ path: 'meson.build', text: 'f(' }, defaultStyle).ok).toBe(false);
});

test('where a value is missing, the next line stays the next', () => {
  expect(formatted('x =\ny = 1\n')).toBe('x =\ny = 1\n');
  expect(formatted('x =# why\nif \nf(a:)\nendif\n')).toBe('x =  # why\nif\n    f(a:)\nendif\n');
});

test('a "not" that means nothing goes', () => {
  expect(formatted("x not = f('a' not, b)\n")).toBe("x = f('a', b)\n");
  const body = '    (c)\nendforeach\n';
  expect(formatted(`foreach a : b not (c)\nendforeach\n`)).toBe(`foreach a : b\n${body}`);
  expect(formatted('foreach a : b not \\\n (c)\nendforeach\n')).toBe(`foreach a : b\n\n${body}`);
});

test('a comment ends with its line, whatever ends that', () => {
  expect(formatted('# a\rx=1\n')).toBe('# a\nx = 1\n');
});

test('of lists in lists, files() loses none', () => {
  expect(formatted("files(['a'])\nfiles([['a']])\n")).toBe("files('a')\nfiles([['a']])\n");
  expect(formatted("files(['a', b: 1])\n")).toBe("files(['a', b: 1])\n");
});
