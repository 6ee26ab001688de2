import { expect, test } from 'vitest';
import { invariant } from '../../src/base/assert.ts';
import type { BuildTarget, CustomTarget, Item, Target } from '../../src/model/target.ts';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

const sources = { 'a.c': '', 'b.c': '', 'in.txt': '', 'tool.py': '#!/usr/bin/env python3\n' };

/** Evaluates a project in C with a few sources. */
function evaluated(text: string, files: Readonly<Record<string, string>> = {}) {
  const host = new MemoryHost({});
  installGcc(host);
  host.program('gen', () => 0);
  const all = { ...sources, ...files, 'meson.build': `project('p', 'c', version: '1.2')\n${text}` };
  return evaluateText(all, { host });
}

/** The targets of a project by name, as rows of the model. */
function targetsOf(text: string, files?: Readonly<Record<string, string>>) {
  const result = evaluated(text, files);
  invariant(result.model !== undefined, result.error ?? 'no model');
  const rows = [...result.model.targets.values()];
  const find = <Kind extends Target['kind']>(kind: Kind, name: string) => {
    const row = rows.find((each) => each.name === name && each.kind === kind);
    invariant(row?.kind === kind, `no ${kind} target ${name}`);
    return row as Extract<Target, { readonly kind: Kind }>;
  };
  return {
    ...result,
    model: result.model,
    build: (name: string): BuildTarget => find('build', name),
    custom: (name: string): CustomTarget => find('custom', name),
    all: (name: string) => rows.filter((row) => row.name === name),
  };
}

const file = (path: string): Item => ({ kind: 'file', file: { tree: 'source', path } });
const errorOf = (text: string) => evaluated(text).error?.replace(/^\S+:\d+:\d+: ERROR: /, '');

test('a program has its sources, its language and its name', () => {
  const prog = targetsOf("executable('prog', 'a.c', files('b.c'))").build('prog');
  expect(prog).toMatchObject({
    type: 'executable',
    filename: 'prog',
    sources: [file('a.c'), file('b.c')],
    languages: ['c'],
    introspectionId: 'prog@exe',
    install: undefined,
  });
});

test('a versioned library has a soname and the links beside it', () => {
  const lib = targetsOf("shared_library('l', 'a.c', version: '1.2.3', install: true)").build('l');
  expect(lib).toMatchObject({
    filename: 'libl.so.1.2.3',
    soname: 'libl.so.1',
    aliases: [
      { name: 'libl.so.1', to: 'libl.so.1.2.3' },
      { name: 'libl.so', to: 'libl.so.1' },
    ],
    install: { directories: ['lib'], tags: [undefined] },
  });
});

test('name_prefix and name_suffix replace what is usual', () => {
  const lib = "shared_module('l', 'a.c', name_prefix: '', name_suffix: 'plugin')";
  expect(targetsOf(lib).build('l')).toMatchObject({
    filename: 'l.plugin',
    introspectionId: 'l.plugin@sha',
  });
});

test('both halves of both_libraries share their objects', () => {
  const { all, model } = targetsOf("both_libraries('l', 'a.c')");
  const [shared, archive] = all('l');
  const [sharedId, archiveId] = [...model.targets.ids()];
  expect(shared).toMatchObject({ type: 'shared-library', twin: archiveId });
  expect(archive).toMatchObject({
    type: 'static-library',
    twin: sharedId,
    sources: [],
    takesTwinObjects: true,
    objects: [{ kind: 'extracted', target: sharedId, sources: 'all', recursive: false }],
  });
});

test('arguments for one half of both_libraries keep the halves apart', () => {
  const { all } = targetsOf("both_libraries('l', 'a.c', c_static_args: ['-DS'], c_args: '-DB')");
  expect(all('l')).toMatchObject([
    { sources: [file('a.c')], compileArgs: new Map([['c', ['-DB']]]) },
    { sources: [file('a.c')], compileArgs: new Map([['c', ['-DB', '-DS']]]) },
  ]);
});

test('a half that was asked for is linked, never its twin', () => {
  const { build } = targetsOf(
    "l = both_libraries('l', 'a.c')\nexecutable('prog', 'b.c', link_with: l.get_static_lib())",
  );
  expect(build('prog').linkWith).toEqual([{ kind: 'target', target: 1, exact: true }]);
});

test('a custom target has its outputs named after its input', () => {
  const text = `t = custom_target(input: 'in.txt', output: ['@BASENAME@.c', 'x.h'],
    command: [find_program('gen'), '@INPUT@', '@OUTPUT0@'], install: true,
    install_dir: [false, 'include'], depfile: '@PLAINNAME@.d')
executable('prog', t[0], 'a.c')`;
  const { custom, build } = targetsOf(text);
  expect(custom('in.c')).toMatchObject({
    outputs: ['in.c', 'x.h'],
    inputs: [file('in.txt')],
    depfile: { name: 'in.txt.d' },
    buildByDefault: true,
    install: { directories: [undefined, 'include'] },
  });
  const first = { kind: 'output', target: 0, output: 0, indexed: true };
  expect(build('prog').sources).toEqual([first, file('a.c')]);
});

test('what a generator makes is a source of the target that names it', () => {
  const text = `g = generator(find_program('gen'), output: '@BASENAME@.c', arguments: ['@INPUT@'])
executable('prog', g.process('in.txt', extra_args: ['-x']))`;
  const { build, model } = targetsOf(text);
  expect(build('prog')).toMatchObject({ sources: [{ kind: 'generated' }], languages: ['c'] });
  expect([...model.generatedLists.values()]).toMatchObject([
    { outputs: ['@BASENAME@.c'], inputs: [file('in.txt')], extraArguments: ['-x'] },
  ]);
});

test('a declared dependency keeps what it was given, and the version of the project', () => {
  const text = `l = static_library('l', 'a.c')
d = declare_dependency(link_with: l, compile_args: '-DX', variables: ['a=b'])
message(d.version(), d.get_variable('a'))`;
  const { model, messages } = targetsOf(text);
  expect(messages).toEqual(['1.2 b']);
  expect([...model.dependencies.values()]).toMatchObject([
    { kind: 'internal', linkWith: [{ kind: 'target', target: 0 }], compileArgs: ['-DX'] },
  ]);
});

test('a test runs a target, in the suites of its project', () => {
  const text = `p = executable('prog', 'a.c')
test('t', p, args: ['x', p], suite: ['fast', 'unit'], env: ['A=b'], timeout: 5)`;
  expect(targetsOf(text).model.tests).toMatchObject([
    {
      name: 't',
      suites: ['p:fast', 'p:unit'],
      command: [
        { kind: 'target', target: 0 },
        { kind: 'text', text: 'x' },
        { kind: 'target', target: 0 },
      ],
      environment: [{ kind: 'set', name: 'A', value: 'b' }],
      timeoutSeconds: 5,
      depends: [0],
    },
  ]);
});

test('installed files go where they belong', () => {
  const text = `install_headers('inc/x.h', subdir: 's')
install_data('in.txt', rename: 'out.txt')
install_man('m.1')
install_data(files('inc/x.h'), preserve_path: true, install_dir: 'd')
install_emptydir('e', install_mode: ['rwx------', 'root', false])`;
  const { model } = targetsOf(text, { 'inc/x.h': '', 'm.1': '' });
  expect(model.installs).toMatchObject([
    { kind: 'headers', destinations: ['include/s/x.h'] },
    { kind: 'data', destinations: ['share/p/out.txt'], placeholders: ['{datadir}/p/out.txt'] },
    { kind: 'man', destinations: ['share/man/man1/m.1'] },
    { kind: 'data', destinations: ['d/inc/x.h'] },
    { kind: 'emptydir', mode: { permissions: 'rwx------', owner: 'root', group: undefined } },
  ]);
});

test('install_emptydir makes its first folder, as with Meson, and says that it makes no other', () => {
  const { model, warnings } = targetsOf("install_emptydir('e', 'f')");
  expect(model.installs).toMatchObject([{ kind: 'emptydir', directory: 'e' }]);
  expect(warnings).toEqual([
    'meson.build:2: WARNING: install_emptydir makes one folder; 1 more are not made.',
  ]);
});

test.each([
  ["executable('prog', 'none.c')", 'File none.c does not exist.'],
  ["executable('', 'a.c')", 'Target name must not be empty.'],
  [
    "executable('test', 'a.c')",
    "Target name 'test' is reserved for Meson's internal use. Please rename.",
  ],
  [
    "executable('p', 'a.c')\nexecutable('p', 'b.c')",
    'Tried to create target "p", but a target of that name already exists.',
  ],
  ["executable('p', files('x.cpp'))", 'File x.cpp does not exist.'],
  [
    "l = static_library('l', 'a.c', pic: false)\nshared_library('s', 'b.c', link_with: l)",
    "Can't link non-PIC static library 'l' into shared library 's'. Use the 'pic' option to static_library to build with PIC.",
  ],
  [
    "p = executable('p', 'a.c')\nexecutable('q', 'b.c', link_with: p)",
    'executable keyword argument "link_with" Link target "p" is not linkable',
  ],
  [
    "executable('p', 'a.c', dependencies: static_library('l', 'b.c'))",
    'executable keyword argument \'dependencies\' was of type array[StaticLibrary] but should have been array[Dependency | InternalDependency]. Tried to use a build_target "l" as a dependency. This should be in `link_with` or `link_whole` instead.',
  ],
  [
    "shared_library('l', 'a.c', version: 'x')",
    'shared_library keyword argument "version" Invalid Shared library version "x". Must be of the form X.Y.Z where all three are numbers. Y and Z are optional.',
  ],
  [
    "custom_target('t', output: 'x', capture: true, command: ['gen', '@INPUT@'])",
    "Command cannot have '@INPUT@', since no input files were specified",
  ],
  [
    "custom_target('t', output: 'x', command: ['gen', '-MF@DEPFILE@'])",
    "Custom target 't' has @DEPFILE@ but no depfile keyword argument.",
  ],
  [
    "custom_target('t', output: 'x', feed: true, command: ['gen'])",
    'custom_target: "feed" keyword argument needs an input',
  ],
  [
    "custom_target('t', output: 'x', install: true, command: ['gen'])",
    'custom_target: "install_dir" keyword argument must be set when "install" is true.',
  ],
  [
    "install_data('in.txt', install_mode: 'rwxr')",
    'install_data keyword argument "install_mode" permissions string must be exactly 9 characters in the form rwxr-xr-x, got 4',
  ],
  [
    "executable('p', 'a.c', link_language: 'cpp')",
    'Target p requires cpp compiler not part of the project',
  ],
  ["executable('p', 'x.cpp')", 'File x.cpp does not exist.'],
])('%s is refused in Meson’s words', (text, message) => {
  expect(errorOf(text)).toBe(message);
});

test('a source that no compiler of the project takes is an error', () => {
  const { error } = evaluated("executable('p', 'x.cpp')", { 'x.cpp': '' });
  expect(error).toContain("No host machine compiler for 'x.cpp'");
});

test('old ways to say nothing are told, and count as nothing', () => {
  const { build, warnings } = targetsOf("executable('p', 'a.c', link_with: '', dependencies: '')");
  expect(build('p')).toMatchObject({ linkWith: [], dependencies: [] });
  expect(warnings.filter((line) => line.includes('as an empty value in'))).not.toEqual([]);
});

test('a library of headers alone is one without sources', () => {
  const { warnings } = evaluated("library('a', 'a.h')\nlibrary('b', 'b.c', 'a.h')", { 'a.h': '' });
  expect(warnings.join('\n')).toContain('Build target a has no sources. This was never');
  expect(warnings.join('\n')).not.toContain('Build target b');
});

test('a tag is asked for each time only where someone can answer', () => {
  const isAskedFor = (words: string) =>
    targetsOf(`vcs_tag(input: 'in.txt', output: 'tag.txt'${words})`).custom('tag.txt').question !==
    undefined;
  expect(isAskedFor('')).toBe(false);
  expect(isAskedFor(", command: ['gen']")).toBe(true);
});
