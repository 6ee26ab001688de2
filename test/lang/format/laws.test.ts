import fc from 'fast-check';
import { expect, test } from 'vitest';
import { format } from '../../../src/lang/format/format.ts';
import { defaultStyle, type FormatStyle } from '../../../src/lang/format/style.ts';
import { parse } from '../../../src/lang/parse.ts';

/** The tree of a text without places; `(x)` and `files([…])` mean what they mean. */
function meaning(text: string): unknown {
  const { tree, diagnostics } = parse({ path: 'x', text });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return JSON.parse(
    JSON.stringify(tree.statements, (key, value: unknown) =>
      /span$|^next$|^multiline$|^format$/i.test(key) ? undefined : value,
    ),
  );
}

function comments(text: string): readonly string[] {
  return parse({ path: 'x', text }).tree.comments.map((comment) => comment.text.trimEnd());
}

const name = fc.constantFrom('a', 'b', 'long_name_of_a_variable', 'meson');
const literal = fc.oneof(
  name,
  fc.constantFrom(
    "'x'",
    "'--opt'",
    "f'@a@'",
    "'''y'''",
    "'''two\nlines'''",
    '0x1F',
    'true',
    "'it\\'s'",
  ),
);

/** Space inside brackets: anything that is no word. */
const inner = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom('', ' ', '  ', '\n', '\n\n', ' # note\n', '\n  # own\n'),
  },
  { weight: 1, arbitrary: fc.constantFrom('# fmt: off\n', '\n #fmt:on\n') },
);

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const some = tie('expression');
  const list = fc
    .tuple(fc.array(fc.tuple(inner, some, inner), { maxLength: 4 }), fc.boolean(), inner)
    .map(([items, comma, end]) => {
      const text = items.map(([before, item, after]) => before + item + after).join(',');
      return text + (comma && items.length > 0 ? ',' : '') + end;
    });
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literal,
      list.map((items) => `[${items}]`),
      fc.tuple(name, list).map(([f, items]) => `${f}(${items})`),
      fc.tuple(name, name, list).map(([o, f, items]) => `${o}.${f}(${items})`),
      fc.tuple(name, name, some).map(([f, key, value]) => `${f}('x',${key}:${value})`),
      fc.tuple(some, inner).map(([value, space]) => `{'k' :${space}${value}}`),
      fc.tuple(inner, some, inner).map(([x, value, y]) => `(${x}${value}${y})`),
      fc
        .tuple(name, fc.constantFrom('+', ' and ', ' or ', '==', ' not in ', '/'), some)
        .map(([left, operator, right]) => `(${left}${operator}${right})`),
      fc
        .tuple(some, literal, literal)
        .map(([c, x, y]) => `(${c.includes('?') ? 'a' : c}?${x}:${y})`),
      some.map((value) => `a[${value}]`),
      some.map((value) => `(not ${value})`),
    ),
  };
});

const { block } = fc.letrec<{ block: string; statement: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: 'small' },
    expression,
    fc.tuple(name, fc.constantFrom('=', ' += '), expression).map((parts) => parts.join('')),
    fc.tuple(expression, tie('block')).map(([c, body]) => `if ${c}\n${body}endif`),
    fc
      .tuple(name, tie('block'), tie('block'))
      .map(([c, x, y]) => `if ${c} # why\n${x}elif b\nelse\n${y}endif`),
    fc.tuple(expression, tie('block')).map(([c, body]) => `foreach k,v:${c}\n${body}endforeach`),
  ),
  block: fc
    .array(
      fc.tuple(
        fc.constantFrom('', '  ', '\n', '# before\n', '\t', '# fmt: off\n', ' # fmt: on\n'),
        tie('statement'),
        fc.constantFrom('', ' # behind', ' '),
      ),
      { maxLength: 3 },
    )
    .map((lines) => lines.map(([before, text, behind]) => `${before}${text}${behind}\n`).join('')),
}));

const style: fc.Arbitrary<FormatStyle> = fc.record({
  maxLineLength: fc.constantFrom(0, 20, 80),
  indentBy: fc.constantFrom('    ', '  ', '\t'),
  spaceArray: fc.boolean(),
  kwargsForceMultiline: fc.boolean(),
  wideColon: fc.boolean(),
  noSingleCommaFunction: fc.boolean(),
  endOfLine: fc.constant('native' as const),
  indentBeforeComments: fc.constantFrom(' ', '  '),
  simplifyStringLiterals: fc.boolean(),
  insertFinalNewline: fc.boolean(),
  stickyParens: fc.boolean(),
  continuationIndent: fc.boolean(),
  tabWidth: fc.constant(4),
  sortFiles: fc.constant(false),
  groupArgValue: fc.boolean(),
});

function formatted(text: string, how: FormatStyle): string {
  const result = format({ path: 'x', text }, how);
  if (!result.ok) throw new Error(`${result.error[0]?.message} in:\n${text}`);
  return result.value;
}

test('formatting changes no meaning and loses no comment', () => {
  fc.assert(
    fc.property(block, style, (text, how) => {
      const after = formatted(text, how);
      expect(meaning(after)).toEqual(meaning(text));
      expect(comments(after)).toEqual(comments(text));
    }),
    { numRuns: 300 },
  );
});

test('formatting what is formatted changes nothing', () => {
  fc.assert(
    fc.property(block, style, (text, how) => {
      const once = formatted(text, how);
      expect(formatted(once, how)).toBe(once);
    }),
    { numRuns: 300 },
  );
});

test('what stands in a list that was split later is split as well', () => {
  const text =
    "if a\n  foreach k, v : 'x'\n    ({'k': (a('x', a: 'x')\n)} ? 'x' : '--opt')\n  endforeach\nendif\n";
  const how = { ...defaultStyle, maxLineLength: 20, indentBy: '  ' };
  const once = formatted(text, how);
  expect(formatted(once, how)).toBe(once);
});

test('formatting keeps the values of strings', () => {
  const strings = fc
    .stringMatching(/^[a-z'\\@\n]{0,6}$/)
    .filter((text) => !text.includes("'''"))
    .map((text) => `x = '''a${text}y'''\n`);
  fc.assert(
    fc.property(strings, (text) => {
      expect(meaning(formatted(text, defaultStyle))).toEqual(meaning(text));
    }),
  );
});
