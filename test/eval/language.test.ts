import { expect, test } from 'vitest';
import { evaluateText, messagesOf } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';

const fails = (text: string): string | undefined => evaluateText(text).error;

test('arithmetic rounds down, as Python does', () => {
  expect(messagesOf('message(7 / 2, -7 / 2, -7 % 3, 7 - 10, 2 * 3 + 1)')).toEqual(['3 -4 2 -3 7']);
});

test('strings join with / as paths', () => {
  expect(messagesOf("message('a' / 'b', 'a' / '/b', 'a/' / 'b')")).toEqual(['a/b /b a/b']);
});

test('lists add, and a single value is added with +=', () => {
  expect(messagesOf('a = [1]\na += 2\na += [[3]]\nmessage(a, a[-1], 2 in a, 5 not in a)')).toEqual([
    '[1, 2, [3]] [3] true true',
  ]);
});

test('a dictionary is gone through in order', () => {
  expect(messagesOf("foreach k, v : {'b': 1, 'a': 2}\n  message(k, v)\nendforeach")).toEqual([
    'b 1',
    'a 2',
  ]);
});

test('break and continue are for the innermost loop', () => {
  expect(
    messagesOf(
      'foreach i : range(5)\nif i == 1\ncontinue\nendif\nif i == 3\nbreak\nendif\nmessage(i)\nendforeach',
    ),
  ).toEqual(['0', '2']);
});

test('an f-string takes variables', () => {
  expect(messagesOf("a = 1\nb = ['x', true]\nmessage(f'@a@ @b@ @ c@')")).toEqual([
    "1 ['x', true] @ c@",
  ]);
});

test('a disabler makes what it touches one', () => {
  expect(
    messagesOf(
      "d = disabler()\nmessage(is_disabler([d]), is_disabler(d == 1), d.found())\nif d\nmessage('no')\nelse\nmessage('no')\nendif",
    ),
  ).toEqual(['true true false']);
});

test.each([
  [
    "x = 'a' + 1",
    'meson.build:2:10: ERROR: The `+` operator of str does not accept objects of type int (1)',
  ],
  [
    "x = ['a', 'b'] * 3",
    "meson.build:2:17: ERROR: Object <[ArrayHolder] holds [list]: ['a', 'b']> of type array does not support the `*` operator.",
  ],
  [
    "f = get_option('auto_features')\nif f\nendif",
    "meson.build:3:3: ERROR: Object <[FeatureOptionHolder] holds [Feature]: Feature(name='auto_features', value=<FeatureValue.AUTO: 'auto'>)> of type Feature does not support the `bool()` operator.",
  ],
  ['x = [][0]', 'meson.build:2:7: ERROR: Index 0 out of bounds of array of size 0.'],
  ['xyzzy()', 'meson.build:2:0: ERROR: Unknown function "xyzzy".'],
  ['mesage()', 'meson.build:2:0: ERROR: Unknown function "mesage". Did you mean "message"?'],
  [
    'hello = 1\nmessage(jello)',
    'meson.build:3:8: ERROR: Unknown variable name "jello". Did you mean "hello"?',
  ],
  ['x = message(1)', 'meson.build:2:4: ERROR: Can not assign void to variable.'],
  ['message(message(1))', 'meson.build:2:8: ERROR: At least one value in the arguments is void.'],
  ['join_paths()', 'meson.build:2:0: ERROR: join_paths takes at least 1 arguments, but got 0.'],
  [
    'join_paths(1)',
    'meson.build:2:0: ERROR: join_paths argument 1 was of type "int" but should have been "str"',
  ],
  ['assert(1 == 2)', 'meson.build:2:0: ERROR: Assert failed: 1 == 2'],
  [
    'if 1\nendif',
    'meson.build:2:3: ERROR: Object <[IntegerHolder] holds [int]: 1> of type int does not support the `bool()` operator.',
  ],
  ['meson = 1', 'meson.build:2:8: ERROR: Tried to overwrite internal variable "meson"'],
  ["files('nope.c')", 'meson.build:2:0: ERROR: File nope.c does not exist.'],
  [
    "include_directories('a', system: true)",
    'meson.build:2:0: ERROR: include_directories got unknown keyword arguments "system" (did you mean "is_system"?)',
  ],
  [
    "include_directories('a', is_system: 'x')",
    "meson.build:2:0: ERROR: include_directories keyword argument 'is_system' was of type str but should have been bool",
  ],
  [
    "option('x')",
    'meson.build:2:0: ERROR: Tried to call option() in build description file. All options must be in the option file.',
  ],
])('%s', (text, expected) => {
  expect(fails(text)).toBe(expected);
});

test('project comes first', () => {
  expect(evaluateText({ 'meson.build': "a = 1\nproject('x')" }).error).toBe(
    'ERROR: Invalid source tree: first statement must be a call to project()',
  );
});

test('features newer than the project asks for are told, and all at the end', () => {
  const { warnings } = evaluateText(
    "project('x', meson_version: '>=0.50')\nforeach i : range(1)\nendforeach",
  );
  expect(warnings).toEqual([
    "meson.build:2: WARNING: Project targets '>= 0.50' but uses feature introduced in '0.58.0': range.",
    "WARNING: Project specifies a minimum meson_version '>= 0.50' but uses features which were added in newer versions:",
  ]);
});

test('what would never end, or fill the memory, is an error', () => {
  const doubling = "a = 'x'\nforeach i : range(100)\na += a\nendforeach";
  expect(fails(doubling)).toBe('meson.build:4:5: ERROR: The string is too long.');
  const nested = 'a = []\nforeach i : range(100000)\na = [a]\nendforeach\nmessage(a)';
  expect(fails(nested)).toBe('meson.build:6:0: ERROR: A value is too long, or nested too deep.');
});

test('an if on the version of Meson narrows what is new', () => {
  const { warnings } = evaluateText(
    "project('x', meson_version: '>=0.50')\nif meson.version().version_compare('>=0.60')\nforeach i : range(1)\nendforeach\nendif",
  );
  expect(warnings).toEqual([]);
});

test('a variable that holds the version of Meson narrows as well, until it holds something else', () => {
  const narrowed = (between: string) =>
    evaluateText({
      'meson.build': `project('x', meson_version: '>=0.50')\nv = meson.version()\n${between}subdir('a')`,
      'a/meson.build':
        "w = (v)\nif w.version_compare('>=0.60')\nforeach i : range(1)\nendforeach\nendif",
    }).warnings.length;
  expect(narrowed('')).toBe(0);
  expect(narrowed("v = '1.0'\n")).toBe(2);
});

test('several conditions of a version are told to be new, in a list as well', () => {
  const warned = (conditions: string) =>
    evaluateText(`project('x', meson_version: '>=1.3')\nassert('1'.version_compare(${conditions}))`)
      .warnings;
  const several = [
    "meson.build:2: WARNING: Project targets '>= 1.3' but uses feature introduced in '1.8.0': version_compare() with multiple arguments.",
  ];
  expect(warned("'>=1'")).toEqual([]);
  expect(warned("'>=1', '<2'").slice(0, 1)).toEqual(several);
  expect(warned("['>=1', '<2']").slice(0, 1)).toEqual(several);
});

test('keywords may come from a dictionary', () => {
  expect(
    messagesOf("d = {'required': false}\nmessage(find_program('nope', kwargs: d).found())"),
  ).toEqual(['false']);
  expect(fails("d = {'required': false}\nfind_program('nope', required: true, kwargs: d)")).toBe(
    'meson.build:3:37: ERROR: Entry "required" defined both as a keyword argument and in a "kwarg" entry.',
  );
});

test('a file in a text is its path as it was written', () => {
  const files = {
    'meson.build': "message('@0@'.format(files('sub/../a.c')[0]))",
    'a.c': '',
    'sub/b.c': '',
  };
  expect(evaluateText(files).messages).toEqual(['sub/../a.c']);
});

test('features in the arguments of project() are measured by its own meson_version', () => {
  const { warnings } = evaluateText("project('x', version: f'1', meson_version: '>=0.50')");
  expect(warnings[0]).toBe(
    "meson.build:1: WARNING: Project targets '>= 0.50' but uses feature introduced in '0.58.0': format strings.",
  );
});

test('no folder is entered twice, but two may share a build file', () => {
  const shared = 'message(meson.current_source_dir())';
  const host = new MemoryHost({ 'shared.build': shared, 'a/x': '', 'b/x': '' });
  host.files.symlink('../shared.build', '/project/a/meson.build');
  host.files.symlink('../shared.build', '/project/b/meson.build');
  host.files.symlink('b', '/project/c');
  const text = ['a', 'b', 'c'].map((folder) => `subdir('${folder}')`).join('\n');
  const { error, messages } = evaluateText(text, { host });
  expect(messages).toEqual(['/project/a', '/project/b']);
  expect(error).toContain('Tried to enter directory "c", which has already been visited.');
});

test.each([
  [
    'host_machine.zork()',
    '<[MachineHolder] holds [MachineInfo]: <MachineInfo: linux x86_64 (x86_64)>> of type MachineHolder.',
  ],
  [
    "configuration_data({'A': 1}).zork()",
    "<[ConfigurationDataHolder] holds [ConfigurationData]: {'A': (1, None)}> of type ConfigurationDataHolder.",
  ],
])('%s is refused in the words that Meson has for the object', (text, words) => {
  expect(fails(text)).toContain(`ERROR: Unknown method "zork" in object ${words}`);
});

test('the current folder reads as build files spell it, and so do ids of targets', () => {
  const files = {
    'meson.build': "project('p')\nsubdir('a/')\nsubdir('./b')\nmessage(meson.current_build_dir())",
    'a/meson.build':
      "message(meson.current_source_dir())\nalias_target('x', custom_target(output: 'o', command: 'true'))",
    'b/meson.build': 'message(meson.current_build_dir())',
  };
  const host = new MemoryHost();
  host.program('true', () => '');
  const { messages, model } = evaluateText(files, { host });
  expect(messages).toEqual(['/project/a/', '/build/./b', '/build']);
  // The hash is that of `a/`.
  const ids = [...(model?.targets.values() ?? [])].map(({ introspectionId }) => introspectionId);
  expect(ids).toEqual(['b3dda5b@@o@cus', 'b3dda5b@@x@run']);
});
