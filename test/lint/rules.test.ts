import { expect, test } from 'vitest';
import { rules } from '../../src/lint/table.ts';
import { lintText } from './lint-text.ts';

/** What each rule says of a small project, and what it says nothing of. */
const cases: Readonly<
  Record<
    string,
    {
      readonly bad: readonly (readonly [Parameters<typeof lintText>[0], string])[];
      readonly good: readonly Parameters<typeof lintText>[0][];
    }
  >
> = {
  'unknown-variable': {
    bad: [
      [
        'message(foo)\nfood = 1\nmessage(food)',
        'meson.build:2:8: ERROR: Unknown variable name "foo".',
      ],
    ],
    good: [
      "if is_variable('foo')\n message(foo)\nendif",
      "set_variable('a_' + 'b', 1)\nmessage(a_b)",
      'message(meson.version())',
    ],
  },
  'unknown-function': {
    bad: [["exectable('a', 'a.c')", 'meson.build:2:0: ERROR: Unknown function "exectable".']],
    good: ['message()'],
  },
  'unknown-method': {
    bad: [
      ["'a'.spilt()", 'meson.build:2:4: ERROR: Unknown method "spilt" in object of type str.'],
      [
        "import('fs').exits('a')",
        'meson.build:2:13: ERROR: Unknown method "exits" in object of type module "fs".',
      ],
      [
        "foreach x : ['a']\n x.get_id()\nendforeach",
        'meson.build:3:3: ERROR: Unknown method "get_id" in object of type str.',
      ],
      [
        "d = dependency('z')\nd.versoin()",
        'meson.build:3:2: ERROR: Unknown method "versoin" in object of type dep.',
      ],
    ],
    good: [
      "x = 'a'\nx = x.split()\nmessage(x.length())",
      "x = 'a'.split()\nx = x[0] + 'b'\nmessage(x.strip())",
      "executable('e', 'meson.build').full_path()",
      "custom_target(command: 'a', output: 'b').found()",
    ],
  },
  'unknown-keyword': {
    bad: [
      [
        "message('a', colour: 1)",
        'meson.build:2:13: ERROR: "message" got unknown keyword argument "colour".',
      ],
    ],
    good: ["executable('a', kwargs: {})", "executable('a', install: true)"],
  },
  'unknown-module': {
    bad: [["import('gnom').x()", 'meson.build:2:7: ERROR: Module "gnom" does not exist.']],
    good: ["import('gnom', required: false)", "import('unstable-keyval').load('meson.build')"],
  },
  'unknown-option': {
    bad: [["message(get_option('fast'))", 'meson.build:2:19: ERROR: Option fast does not exist.']],
    good: [
      {
        'meson.build': "project('p')\nmessage(get_option('fast'))",
        'meson.options': "option('fast', type: 'boolean')",
      },
      "message(get_option('prefix'), get_option('b_lto'), get_option('c_std'), get_option('build.cpp_args'))",
    ],
  },
  'missing-argument': {
    bad: [
      [
        'executable()',
        'meson.build:2:0: ERROR: "executable" takes at least 1 arguments, but got 0.',
      ],
      [
        "subdir('a', 'b')",
        'meson.build:2:12: ERROR: "subdir" takes at most 1 arguments, but got 2.',
      ],
      [
        "generator('x', output: 'a')",
        'meson.build:2:0: ERROR: "generator" is missing required keyword argument "arguments".',
      ],
    ],
    good: ["x = ['a', 'meson.build']\nexecutable(x)", "get_option(['prefix'])"],
  },
  'argument-type': {
    bad: [
      [
        "test('a', files('meson.build'), timeout: 'long')",
        'meson.build:2:41: ERROR: Keyword "timeout" of "test" is of type str but should be int.',
      ],
      [
        'subdir(1)',
        'meson.build:2:7: ERROR: Argument 1 of "subdir" is of type int but should be str.',
      ],
    ],
    good: [
      "executable('a', 'b.c', install: true, c_args: '-DX')",
      "message(1, true, 'a')",
      "dependency('a', required: get_option('wrap_mode') == 'x')",
    ],
  },
  'bad-option': {
    bad: [
      [
        {
          'meson.build': "project('p')",
          'meson.options': "option('a', type: 'boolean')\noption('x', type: 'number')",
        },
        'meson.options:2:18: ERROR: option keyword argument "type" must be one of array, boolean, combo, feature, integer, string, not number',
      ],
      [
        {
          'meson.build': "project('p')",
          'meson.options': "option('x', type: 'combo', choices: ['a'], value: 'b')",
        },
        'meson.options:1:0: ERROR: Value "b" (of type "string") for option "x" is not one of the choices. Possible choices are (as string): "a".',
      ],
    ],
    good: [
      {
        'meson.build': "project('p')",
        'meson.options': "option('x', type: 'integer', min: 0, max: 3, value: 2)\n",
      },
    ],
  },
  'missing-file': {
    bad: [
      ["files('a.c')", 'meson.build:2:6: ERROR: File a.c does not exist.'],
      [
        "executable('a', ['a.c'], sources: 'b.c')",
        'meson.build:2:17: ERROR: File a.c does not exist.',
      ],
      ["subdir('lib')", "meson.build:2:7: ERROR: Nonexistent build file 'lib/meson.build'"],
      [
        "if get_option('werror')\n files('a.c')\nendif",
        'meson.build:3:7: ERROR: File a.c does not exist.',
      ],
    ],
    good: [
      {
        'meson.build': "project('p')\nsubdir('lib')",
        'lib/meson.build': "executable('a', 'a.c')",
        'lib/a.c': '',
      },
      "subdir('lib', if_found: dependency('z', required: false))",
      "if get_option('werror')\n subdir('checkout')\nendif",
      "if import('fs').exists('doc/a.1')\n install_man('doc/a.1')\nendif",
      "made = run_command('[', '-f', 'a.1', ']', check: false)\nif made.returncode() == 0\n install_man('a.1')\nendif",
      {
        'meson.build':
          "project('p')\nforeach x : ['nope']\n message(x)\nendforeach\nforeach x : ['lib']\n subdir(x)\nendforeach",
        'lib/meson.build': '',
      },
    ],
  },
  'mixed-comparison': {
    bad: [
      [
        {
          'meson.build': "project('p')\nassert(get_option('x') == 'true')",
          'meson.options': "option('x', type: 'boolean')",
        },
        'meson.build:2:7: ERROR: A value of type bool is never equal to one of type str.',
      ],
    ],
    good: ["assert(get_option('prefix') == '/')", "x = []\nx += 'a'\nassert(x[0] == 'a')"],
  },
  'condition-type': {
    bad: [
      [
        "if 'a'.strip()\nendif",
        'meson.build:2:3: ERROR: A condition is true or false, not of type str.',
      ],
    ],
    good: [
      "if 'a'.contains('b') and not (1 == 2)\nendif",
      "assert(dependency('a').found() ? true : false)",
    ],
  },
  'duplicate-key': {
    bad: [["message({'a': 1, 'a': 2})", 'meson.build:2:17: ERROR: Duplicate dictionary key: a']],
    good: ["message({'a': 1, 'b': 2})"],
  },
  'duplicate-option': {
    bad: [
      [
        {
          'meson.build': "project('p')\nget_option('x')",
          'meson.options': "option('x', type: 'string')\noption('x', type: 'string')",
        },
        'meson.options:2:8: ERROR: Option x already exists.',
      ],
    ],
    good: [],
  },
  'reserved-name': {
    bad: [
      [
        'meson = 1\nmessage(meson)',
        'meson.build:2:0: ERROR: Tried to overwrite internal variable "meson".',
      ],
    ],
    good: [],
  },
  'unused-variable': {
    bad: [
      [
        "a = 'x'\nb = 'y'\nb += 'z'\nmessage(a)",
        'meson.build:3: WARNING: Variable "b" is never used.',
      ],
    ],
    good: [
      "a = executable('a', 'meson.build')",
      "_a = 'x'",
      "a = 1\nmessage(f'@a@')",
      "a = 1\nmessage(get_variable('a'))",
      "a_b = 1\nforeach x : ['b']\n message(get_variable('a_' + x))\nendforeach",
      { 'meson.build': "project('p')\na = 1\nsubdir('s')", 's/meson.build': 'message(a)' },
      "a = 1\nforeach d : run_command('ls', check: true).stdout().split()\n subdir(d)\nendforeach",
    ],
  },
  'unused-option': {
    bad: [
      [
        { 'meson.build': "project('p')", 'meson.options': "option('x', type: 'string')" },
        'meson.options:1: WARNING: Option "x" is never asked for.',
      ],
    ],
    good: [
      {
        'meson.build':
          "project('p')\nforeach n : ['x']\n message(get_option('with-' + n))\nendforeach",
        'meson.options': "option('with-x', type: 'string')",
      },
      {
        'meson.build': "project('p')",
        'meson.options': "option('x', type: 'string', deprecated: true)",
      },
    ],
  },
  'overwritten-value': {
    bad: [
      [
        'x = 1\nx = 2\nmessage(x)',
        'meson.build:2: WARNING: The value of "x" is overwritten before it is used.',
      ],
    ],
    good: [
      'x = 1\nif true\n x = 2\nendif\nmessage(x)',
      'x = 1\nx = x + 1\nmessage(x)',
      'x = 1\nmessage(x)\nx = 2\nmessage(x)',
      'foreach i : [1]\n x = 1\n if i == 1\n  break\n endif\n x = 2\nendforeach\nmessage(x)',
    ],
  },
  'overwriting-loop': {
    bad: [
      [
        "x = 1\nforeach x : ['a']\n message(x)\nendforeach\nmessage(x)",
        'meson.build:3: WARNING: This loop overwrites "x", which is used behind it.',
      ],
    ],
    good: [
      "foreach x : ['a']\n message(x)\nendforeach\nforeach x : ['b']\n message(x)\nendforeach",
      'x = 1\nmessage(x)\nforeach x : [1]\n message(x)\nendforeach\nx = 2\nmessage(x)',
    ],
  },
  'unreachable-code': {
    bad: [
      [
        "if true\n error('no')\n message('a')\nendif",
        'meson.build:4: WARNING: This is never reached: error() stands before it.',
      ],
    ],
    good: ["if true\n error('no')\nendif\nmessage('a')"],
  },
  deprecated: {
    bad: [
      [
        "project('p', meson_version: '>=1.0')\nmeson.source_root()",
        'meson.build:2: WARNING: "source_root" is deprecated since 0.56.',
      ],
    ],
    good: ["project('p', meson_version: '>=0.50')\nmeson.source_root()"],
  },
  'too-new': {
    bad: [
      [
        "project('p', meson_version: '>=0.50')\nmessage(import('fs').stem('a'))",
        'meson.build:2: WARNING: "stem" came with Meson 0.54; the project is for 0.50.',
      ],
    ],
    good: [
      "project('p', meson_version: '>=0.50')\nif meson.version().version_compare('>=0.54')\n message(import('fs').stem('a'))\nendif",
      "project('p')\nmessage(import('fs').stem('a'))",
      "project('p', meson_version: '>=0.54')\nmessage(import('fs').stem('a'))",
    ],
  },
  'shadowed-name': {
    bad: [
      [
        "files = files('meson.build')\nmessage(files)",
        'meson.build:2: WARNING: Variable "files" has the name of a function.',
      ],
    ],
    good: ["fs = import('fs')\nmessage(fs.exists('a'))"],
  },
};

test('every rule has a case', () => {
  expect(Object.keys(cases).sort()).toEqual(rules.map(({ name }) => name).sort());
});

const all = rules.map((rule) => ({ rule, ...(cases[rule.name] ?? { bad: [], good: [] }) }));

test.each(all)(
  '$rule.name is told of what it is for, and of nothing else',
  ({ rule, bad, good }) => {
    for (const [files, message] of bad) {
      expect(lintText(files, [rule])[0]).toBe(`${message} [${rule.name}]`);
    }
    for (const files of good) expect(lintText(files, [rule])).toEqual([]);
  },
);
