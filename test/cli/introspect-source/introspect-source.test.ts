import { expect, test } from 'vitest';
import { introspectSource } from '../../../src/cli/introspect-source/introspect-source.ts';
import { memorySession } from '../../support/memory-session.ts';
import { installGcc, installRustc } from '../../support/stand-in-compilers.ts';

function introspect(files: Readonly<Record<string, string>>) {
  const { session } = memorySession(files);
  const found = introspectSource(session, 'meson.build');
  if (!found.ok) throw new Error(found.error.map(({ message }) => message).join('\n'));
  return found.value;
}

test.each([
  [{}, 'Missing Meson file in meson.build'],
  [
    { 'meson.build': "message('x')" },
    'Not the project root: first statement must be a call to project()',
  ],
  [{ 'meson.build': "project('p')\nx = [" }, 'Expecting rbracket got eof.'],
  [
    { 'meson.build': "project('p')\nif false\n  execut('a')\nendif" },
    'Unknown function "execut". Did you mean "executable"?',
  ],
  [
    { 'meson.build': "project('p')\nsubdir('s')", 's/meson.build': 'nosuch()' },
    'Unknown function "nosuch".',
  ],
])('what is no project is refused as by Meson: %j', (files, message) => {
  expect(() => introspect(files)).toThrow(message);
});

test('a subproject that cannot be read is left out', () => {
  const { projectinfo } = introspect({
    'meson.build': "project('p')",
    'subprojects/a/meson.build': "project('a')\nnosuch()",
    'subprojects/b/meson.build': "project('b')",
  });
  expect(projectinfo()).toMatchObject({ subprojects: [{ name: 'b' }] });
});

test('targets are told from variables, subdirs and both branches of an if', () => {
  const { targets } = introspect({
    'meson.build': `project('p', 'c')
name = 'to' + 'ol'
if host_machine.system() == 'linux'
  kind = 'a.c'
else
  executable('other', 'o.c', install: true)
  kind = 'b.c'
endif
executable(name, files('main.c'), kind)
subdir('lib')
`,
    'lib/meson.build': "static_library('s', sources: ['x.c', 'y.c'], extra_files: 'x.h')",
  });
  expect(targets()).toMatchObject([
    { name: 'other', id: 'other@exe', installed: true, defined_in: 'meson.build' },
    {
      name: 'tool',
      filename: ['tool'],
      target_sources: [{ sources: ['/project/main.c', 'unknown'] }],
    },
    {
      name: 's',
      type: 'static library',
      filename: ['lib/libs.a'],
      target_sources: [{ sources: ['/project/lib/x.c', '/project/lib/y.c'] }],
      extra_files: ['/project/lib/x.h'],
    },
  ]);
});

test('dependencies tell whether they are required, conditional, and have a fallback', () => {
  const { dependencies } = introspect({
    'meson.build': `project('p')
dependency('a', version: ['>=1', '<2'])
if get_option('x')
  dependency('b', required: get_option('b'), fallback: 'b')
endif
`,
  });
  expect(dependencies()).toEqual([
    { name: 'a', required: true, version: ['>=1', '<2'], has_fallback: false, conditional: false },
    { name: 'b', required: 'unknown', version: [], has_fallback: true, conditional: true },
  ]);
});

test('a project is told with its subprojects and their build files', () => {
  const { projectinfo } = introspect({
    'meson.build': "project('top', version: '1.2', license: 'MIT')",
    'subprojects/sub/meson.build': "project('inner', version: '3')",
    'subprojects/sub/meson.options': '',
  });
  expect(projectinfo()).toEqual({
    descriptive_name: 'top',
    version: '1.2',
    license: ['MIT'],
    license_files: [],
    subprojects: [
      {
        name: 'sub',
        descriptive_name: 'inner',
        version: '3',
        license: ['unknown'],
        license_files: [],
        buildsystem_files: ['subprojects/sub/meson.build', 'subprojects/sub/meson.options'],
      },
    ],
    buildsystem_files: ['meson.build'],
    subproject_dir: 'subprojects',
  });
});

test('options of a project that is not set up have their defaults, by section', () => {
  const { buildoptions } = introspect({
    'meson.build': "project('p', default_options: ['buildtype=release', 'mine=set'])",
    'meson.options': "option('mine', type: 'string', value: 'v', description: 'My own')",
    'subprojects/sub/meson.build': "project('sub')",
    'subprojects/sub/meson_options.txt': "option('its', type: 'feature')",
  });
  const all = buildoptions() as readonly { readonly name: string }[]; // rows of intro-buildoptions.json
  const row = (name: string) => all.find((each) => each.name === name);
  expect(row('buildtype')).toMatchObject({ value: 'debug', section: 'core', type: 'combo' });
  expect(row('mine')).toEqual({
    name: 'mine',
    value: 'v',
    section: 'user',
    machine: 'any',
    type: 'string',
    description: 'My own',
  });
  expect(row('sub:its')).toMatchObject({ value: 'auto', section: 'user' });
  expect(row('sub:werror')).toMatchObject({ value: false, section: 'core' });
});

test('for options compilers are asked who they are, and no more', () => {
  const { session, host } = memorySession({ 'meson.build': "project('p', 'c', 'rust')" });
  installRustc(host);
  installGcc(host);
  const found = introspectSource(session, 'meson.build');
  const all = found.ok ? found.value.buildoptions() : [];
  const names = (all as readonly { readonly name: string }[]).map(({ name }) => name); // rows of intro-buildoptions.json
  expect(names).toEqual(expect.arrayContaining(['c_std', 'b_asneeded', 'rust_std']));
  const asked = host.processes.started.map(({ argv }) => argv.join(' '));
  expect(asked.filter((line) => !line.endsWith(' --version'))).toEqual([]);
});

test('blocks begin with the first token behind the line of their if, of a foreach with the end of its line', () => {
  const text = ["project('p')", 'if true # a', '  # b', '  x = 1', 'else', '  y = 1', 'endif']
    .concat(['foreach i : [1] # c', '  z = {', "    'k': i}", 'endforeach'])
    .join('\n');
  const { ast } = introspect({ 'meson.build': `${text}\n` });
  expect(ast()).toMatchObject({
    lines: [
      { node: 'FunctionNode' },
      {
        ifs: [{ block: { lineno: 3, colno: 5 } }],
        else: { lineno: 6, colno: 2 },
      },
      {
        block: {
          lineno: 8,
          colno: 19,
          lines: [{ value: { args: { lineno: 10, colno: 7 } } }],
        },
      },
    ],
  });
});

test('places are the same where lines end as on Windows', () => {
  const { ast } = introspect({
    'meson.build': "# a\r\nproject('p')\r\nif true # b\r\n  x = 1\r\nendif\r\n",
  });
  expect(ast()).toMatchObject({
    ...{ lineno: 1, colno: 3 },
    lines: [{ lineno: 2 }, { ifs: [{ block: { lineno: 4, colno: 2 } }] }],
  });
});

test('a tree is printed with names and places of Meson', () => {
  const { ast } = introspect({ 'meson.build': "project('p')\nx = 1 + 2\n" });
  expect(ast()).toMatchObject({
    node: 'CodeBlockNode',
    lines: [
      {
        node: 'FunctionNode',
        name: 'project',
        lineno: 1,
        args: { node: 'ArgumentNode', colno: 11 },
      },
      {
        node: 'AssignmentNode',
        var_name: 'x',
        lineno: 2,
        value: { node: 'ArithmeticNode', op: '+', left: { node: 'NumberNode', value: 1 } },
      },
    ],
  });
});
