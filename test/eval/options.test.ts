import { expect, test } from 'vitest';
import { introspectOptions } from '../../src/export/introspect/options.ts';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installRustc } from '../support/stand-in-compilers.ts';

const show = (...names: string[]): string =>
  names.map((name) => `message('${name}', get_option('${name}'))`).join('\n');

function messages(
  text: string,
  files: Readonly<Record<string, string>> = {},
  commandLineOptions: readonly (readonly [string, string])[] = [],
): readonly string[] {
  const evaluated = evaluateText({ 'meson.build': text, ...files }, { commandLineOptions });
  expect(evaluated.error).toBeUndefined();
  return evaluated.messages;
}

test('the command line overrides the project, which overrides the default', () => {
  const text = `project('x', default_options: ['buildtype=release', 'a=project', 'b=project'])\n${show('optimization', 'debug', 'a', 'b', 'c')}`;
  const options = ['a', 'b', 'c'].map((name) => `option('${name}', type: 'string', value: 'd')`);
  expect(messages(text, { 'meson.options': options.join('\n') }, [['b', 'line']])).toEqual([
    'optimization 3',
    'debug false',
    'a project',
    'b line',
    'c d',
  ]);
});

test('directories depend on the prefix, and are held relative to it', () => {
  const text = `project('x')\n${show('prefix', 'sysconfdir', 'localstatedir', 'bindir')}`;
  expect(messages(text, {}, [])).toEqual([
    'prefix /usr/local',
    'sysconfdir etc',
    'localstatedir /var/local',
    'bindir bin',
  ]);
  const changed = [
    ['bindir', '/usr/tools'],
    ['prefix', '/usr/'],
  ] as const;
  expect(messages(text, {}, changed)).toEqual([
    'prefix /usr',
    'sysconfdir /etc',
    'localstatedir /var',
    'bindir tools',
  ]);
});

test.each(['prefix', 'build.prefix', 'sub:prefix'])('%s is the prefix of all', (name) => {
  const text = `project('x', default_options: ['prefix=/own'])\n${show('prefix', 'sysconfdir')}`;
  expect(messages(text, {}, [[name, '/usr']])).toEqual(['prefix /usr', 'sysconfdir /etc']);
  const asDefault = `project('x', default_options: ['${name}=/usr'])\n${show('prefix')}`;
  expect(messages(asDefault)).toEqual(['prefix /usr']);
});

test('an option of a subproject may yield to the one of the top project', () => {
  const option = "option('o', type: 'string', value: 'own', yield: true)";
  const files = {
    'meson.options': "option('o', type: 'string', value: 'top')",
    'subprojects/a/meson.build': `project('a')\n${show('o', 'warning_level')}`,
    'subprojects/a/meson.options': option,
  };
  const text = "project('x')\nsubproject('a', default_options: ['warning_level=3'])";
  const { lines, model } = evaluateText({ 'meson.build': text, ...files });
  expect(lines.filter((line) => line.includes('Message'))).toEqual([
    'a| Message: o top',
    'a| Message: warning_level 3',
  ]);
  if (model === undefined) throw new Error('there is no model');
  expect(introspectOptions(model.options)).toContainEqual(
    expect.objectContaining({ name: 'a:o', value: 'own' }),
  );
});

test('a prefix of a subproject is its own, and the directories of all that hang on it follow', () => {
  const files = {
    'subprojects/a/meson.build': `project('a', default_options: ['prefix=/usr'])\n${show('prefix')}`,
  };
  const asked = show('prefix', 'sysconfdir', 'localstatedir');
  const text = `project('x')\nsubproject('a')\n${asked}`;
  expect(messages(text, files)).toEqual([
    'prefix /usr/local',
    'sysconfdir /etc',
    'localstatedir /var',
  ]);
  expect(messages(text, files, [['sysconfdir', 'own']])).toEqual([
    'prefix /usr/local',
    'sysconfdir own',
    'localstatedir /var',
  ]);
});

test('an item of a list that is no string is refused', () => {
  const { error } = evaluateText(
    { 'meson.build': "project('x')", 'meson.options': "option('l', type: 'array')" },
    { commandLineOptions: [['l', "['a', 1]"]] },
  );
  expect(error).toContain(`String array element "['a', 1]" for option "l" is not a string.`);
});

test('machine files set options, constants and programs', () => {
  const { messages: said, error } = evaluateText(
    {
      'meson.build': `project('x')\n${show('warning_level', 'o')}\nmessage(meson.get_external_property('p'), find_program('tool').cmd_array())`,
      'meson.options': "option('o', type: 'array', value: [])",
      'native.ini': `[constants]\nroot = '/opt'\n[binaries]\ntool = [root / 'tool', '-x']\n[properties]\np = ['a'] + ['b']\n[built-in options]\nwarning_level = '0'\n[project options]\no = ['q']\n`,
    },
    { nativeFiles: ['native.ini'] },
  );
  expect(error).toBeUndefined();
  expect(said).toEqual(['warning_level 0', "o ['q']", "['a', 'b'] ['/opt/tool', '-x']"]);
});

test('the options of a build are a command line, machine files among them', () => {
  const { messages: said } = evaluateText(
    { 'meson.build': "project('x')\nmessage(meson.build_options())", 'my file.ini': '' },
    { nativeFiles: ['my file.ini'], commandLineOptions: [['warning_level', '2']] },
  );
  expect(said).toEqual(["-Dwarning_level=2 '--native-file=my file.ini'"]);
});

test.each([
  ["option('b_x', type: 'string')", 'meson.options:1:0: ERROR: Option name b_x is reserved.'],
  [
    "option('a!', type: 'string')",
    'meson.options:1:0: ERROR: Option names can only contain letters, numbers or dashes.',
  ],
  [
    "option('a', type: 'combo', choices: ['x'], value: 'y')",
    'meson.options:1:0: ERROR: Value "y" (of type "string") for option "a" is not one of the choices. Possible choices are (as string): "x".',
  ],
  [
    "option('a', type: 'nope')",
    'meson.options:1:0: ERROR: option keyword argument "type" must be one of array, boolean, combo, feature, integer, string, not nope',
  ],
  [
    "option('a', type: 'integer', value: 9, max: 5)",
    'meson.options:1:0: ERROR: Value 9 for option "a" is more than maximum value 5.',
  ],
  ['message(1)', 'meson.options:1:0: ERROR: Only calls to option() are allowed in option files.'],
  ['a = 1', 'meson.options:1:0: ERROR: Option file may only contain option definitions'],
])('%s', (text, expected) => {
  const { error } = evaluateText({ 'meson.build': "project('x')", 'meson.options': text });
  expect(error).toBe(expected);
});

test.each([
  ['[properties]\na = 1\na = 2\n', "[line  3]: option 'a' in section 'properties' already exists"],
  ['[binaries]\n[binaries]\n', "[line  2]: section 'binaries' already exists"],
])('a machine file that says twice what it means is refused: %j', (text, expected) => {
  const { error } = evaluateText(
    { 'meson.build': "project('x')", 'native.ini': text },
    { nativeFiles: ['native.ini'] },
  );
  expect(error).toMatch(/^ERROR: Malformed machine file: While reading from '.*native.ini' /);
  expect(error?.endsWith(expected), error).toBe(true);
});

test('a list that holds something twice is told of, and taken', () => {
  const text = `project('x')\n${show('a')}`;
  const options = { 'meson.options': "option('a', type: 'array', choices: ['x'])" };
  expect(messages(text, options, [['a', 'x,x']])).toEqual(["a ['x', 'x']"]);
});

test('how many links run at once is an option', () => {
  const text = `project('x')\n${show('backend_max_links')}`;
  expect(messages(text, {}, [['backend_max_links', '2']])).toEqual(['backend_max_links 2']);
});

test('an unknown option on the command line is an error', () => {
  const evaluated = evaluateText("project('x')", { commandLineOptions: [['nope', '1']] });
  expect(evaluated.error).toBe('meson.build:1:0: ERROR: Unknown option: "nope".');
});

test('an option of the build machine or a backend that nothing has is an error at the end', () => {
  const given = (name: string) =>
    evaluateText("project('x')", { commandLineOptions: [[name, '1']] }).error;
  expect(given('build.nope')).toBe('ERROR: Unknown options: "build.nope"');
  expect(given('backend_nope')).toBe('ERROR: Unknown options: "backend_nope"');
  expect(given('backend_max_links')).toBeUndefined();
  expect(given('build.unity_size')).toBeUndefined();
  expect(given('build.cpp_args')).toBeUndefined();
  expect(given('later:nope')).toBeUndefined();
});

test('a project in Rust alone takes arguments for C, which links it', () => {
  const host = new MemoryHost({});
  installRustc(host);
  const { error, messages } = evaluateText("project('x', 'rust')\nmessage(get_option('c_args'))", {
    host,
    commandLineOptions: [['c_args', '-O1']],
  });
  expect(error).toBeUndefined();
  expect(messages).toEqual(["['-O1']"]);
});

test('an integer option takes numbers of any size, as Python writes them', () => {
  const text = `project('x')\nmessage(get_option('n') + 1)\nmessage(get_option('m'))`;
  const files = {
    'meson.options': `option('n', type: 'integer', min: -9007199254740993, value: 9007199254740993)
option('m', type: 'integer', value: 1)`,
  };
  expect(messages(text, files)).toEqual(['9007199254740994', '1']);
  const given = [
    ['n', '-9007199254740993'],
    ['m', '1_000'],
  ] as const;
  expect(messages(text, files, given)).toEqual(['-9007199254740992', '1000']);
});

test('what both machines share is not changed by a value for the build machine', () => {
  const machine = "system = 'linux'\ncpu_family = 'arm'\ncpu = 'arm'\nendian = 'little'";
  const withOption = (text: string) =>
    evaluateText(
      {
        'meson.build': `project('x', default_options: ['${text}'])\nmessage(get_option('warning_level'))`,
        'cross.ini': `[host_machine]\n${machine}`,
      },
      { crossFiles: ['cross.ini'] },
    );
  expect(withOption('build.warning_level=0').messages).toEqual(['1']);
  expect(withOption('warning_level=0').messages).toEqual(['0']);
  expect(withOption('build.warning_level=9').error).toContain('Value "9"');
});

test.each([
  [{ a: 'a' }, 'Option "a" is replaced by itself.'],
  [{ a: 'b', b: 'a' }, 'Option "a" is replaced by itself.'],
])('options that replace one another, %j, are told when one is set', (replaced, error) => {
  const declared = Object.entries(replaced).map(
    ([name, to]) => `option('${name}', type: 'string', deprecated: '${to}')`,
  );
  const files = { 'meson.build': "project('x')", 'meson.options': declared.join('\n') };
  expect(evaluateText(files, { commandLineOptions: [['a', '1']] }).error).toContain(error);
  expect(evaluateText(files).error).toBeUndefined();
});
