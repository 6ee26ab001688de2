import type { Random } from './random.ts';

/** Changes a build file in a few places, as people mistype and as enemies would: words, lines, numbers, whole blocks. */
export function mutate(text: string, other: string, random: Random): string {
  let changed = text;
  for (let left = 1 + random.below(4); left > 0; left--) {
    const change = random.of(changes);
    if (change !== undefined) changed = change(changed, other, random);
  }
  // What grows by doubling is not what we are after.
  return changed.slice(0, 50_000);
}

type Change = (text: string, other: string, random: Random) => string;

const word =
  /f?'''[\s\S]*?'''|f?'(?:[^'\\\n]|\\.)*'|[a-zA-Z_]\w*|\d\w*|[=!<>+]=|[^\S\n]+|\n|#[^\n]*|./gu;

const wordsOf = (text: string): string[] => text.match(word) ?? [];

/** Replaces words from a place on. */
function splice(words: readonly string[], at: number, drop: number, ...put: string[]): string {
  return [...words.slice(0, at), ...put, ...words.slice(at + drop)].join('');
}

const changes: readonly Change[] = [
  // A word less, twice, or another's place.
  (text, _other, random) => {
    const words = wordsOf(text);
    return splice(words, random.below(words.length), 1 + random.below(3));
  },
  (text, _other, random) => {
    const words = wordsOf(text);
    const at = random.below(words.length);
    return splice(words, at, 0, ...words.slice(at, at + 1 + random.below(8)));
  },
  (text, _other, random) => {
    const words = wordsOf(text);
    const [from, to] = [random.below(words.length), random.below(words.length)];
    return splice(words, to, 1, words[from] ?? '');
  },
  // A word from elsewhere.
  (text, other, random) => {
    const words = wordsOf(text);
    const word = random.of(random.oneIn(2) ? pool : wordsOf(other)) ?? '';
    return splice(words, random.below(words.length), random.below(2), word);
  },
  // A name, a text or a number in the place of its like.
  (text, _other, random) => {
    const words = wordsOf(text);
    const values = words.flatMap((each, at) => (/^[\w']/.test(each) ? [at] : []));
    const at = random.of(values) ?? 0;
    return splice(words, at, 1, random.of(hostileValues) ?? '');
  },
  // Lines.
  (text, _other, random) => {
    const lines = text.split('\n');
    lines.splice(random.below(lines.length), 1 + random.below(2));
    return lines.join('\n');
  },
  (text, other, random) => {
    const lines = text.split('\n');
    const more = other.split('\n');
    const from = random.below(more.length);
    lines.splice(random.below(lines.length), 0, ...more.slice(from, from + 1 + random.below(5)));
    return lines.join('\n');
  },
  (text, _other, random) => {
    const lines = text.split('\n');
    lines.splice(1 + random.below(lines.length), 0, random.of(hostileLines) ?? '');
    return lines.join('\n');
  },
  // Single characters, and an end that comes too early.
  (text, _other, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + (random.of(characters) ?? '') + text.slice(at + random.below(2));
  },
  (text, _other, random) => (random.oneIn(4) ? text.slice(0, random.below(text.length)) : text),
];

// biome-ignore format: a heap of words
const pool = [
  '(', ')', '[', ']', '{', '}', ',', '.', '+', '-', '*', '/', '%', ':', '=', '==', '!=', '<', '>=', '?', '+=',
  ' and ', ' or ', ' not ', ' in ', 'if ', 'elif ', 'else\n', 'endif\n', 'foreach x : ', 'endforeach\n', 'break\n', 'continue\n',
  'true', 'false', 'return', 'meson', 'host_machine', 'disabler()', 'default()', '[]', '{}', "''", '#', '\\\n', '\r\n', '\t',
];

const characters = [
  '\0',
  '\r',
  '\t',
  '\\',
  "'",
  '"',
  'é',
  '😀',
  '\uFEFF',
  '\uD800',
  '@',
  '%',
  '\u2028',
  '~',
  '\x7f',
];

const hostileValues = [
  '0',
  '-1',
  '9007199254740993',
  '99999999999999999999999',
  '0xFFFFFFFFFFFFFFFF',
  '0b1',
  '[[[[[]]]]]',
  "{'a': {'a': {}}}",
  "['a', 1, true, {}]",
  "'../../../../etc/passwd'",
  "'/'",
  "'@0@@1@@-1@'",
  "f'@x@'",
  "'\\x00'",
  "'\\N{DIGIT ONE}'",
  "'\\U00110000'",
  "''",
  "'a b'",
  "'__proto__'",
  "'constructor'",
  '__proto__',
  'constructor',
  'toString',
  "'>=1.0'",
  "'*'",
  'disabler()',
  'default()',
  'meson',
  "dependency('', required: false)",
  "find_program('nothing', required: false)",
  'configuration_data()',
  'environment()',
  "import('fs')",
  "files('meson.build')",
  'range(3)',
];

const hostileLines = [
  "x = 'a'\nforeach i : range(40)\n  x += x\nendforeach",
  "x = ['a']\nforeach i : range(40)\n  x += x\nendforeach",
  "x = {}\nforeach i : range(100000)\n  x += {'@0@'.format(i): x}\nendforeach",
  'x = []\nforeach i : range(100000)\n  x += [x]\nendforeach\nmessage(x)',
  "x = 'a'\nforeach i : range(40)\n  x = '@0@@0@'.format(x)\nendforeach",
  "x = 'a'\nforeach i : range(40)\n  x = f'@x@@x@'\nendforeach",
  "x = 'a'\nforeach i : range(40)\n  x = x.replace('a', 'aa')\nendforeach",
  "x = 'a'\nforeach i : range(40)\n  x = x.join('b', x, x)\nendforeach",
  "x = 'a'\nforeach i : range(40)\n  x = x / x\nendforeach",
  'foreach i : range(1000000000000)\nendforeach',
  'foreach i : range(1000)\n  foreach j : range(1000)\n    foreach k : range(1000)\n    endforeach\n  endforeach\nendforeach',
  'x = []\nforeach i : range(60)\n  x = [x, x]\nendforeach\nmessage(x)',
  'x = []\ny = []\nforeach i : range(60)\n  x = [x, x]\n  y = [y, y]\nendforeach\nmessage(x == y)',
  "x = {}\nforeach i : range(60)\n  x = {'a': x, 'b': x}\nendforeach\nmessage(x)",
  'x = []\nforeach i : range(60)\n  x = [x, x]\nendforeach\nfiles(x)',
  'x = []\nforeach i : range(100000)\n  x = [x]\nendforeach\nmessage(x)\nassert(x == [x])\nfiles(x)',
  'x = 2\nforeach i : range(100)\n  x = x * x\nendforeach\nmessage(x, x / 3, x % 7)',
  "subdir('.')",
  "subdir('subdir')",
  "subproject('x')",
  'x = range(0, 1000000000, 1)[999999999]',
  `x = ${'('.repeat(300)}1${')'.repeat(300)}`,
  `x = ${'['.repeat(240)}${']'.repeat(240)}\nmessage(x, x == x)`,
  `x = 1${' + 1'.repeat(1000)}`,
  `x = 'a'${".strip('a')".repeat(1000)}`,
  `x = ${'not ('.repeat(200)}true${')'.repeat(200)}`,
];
