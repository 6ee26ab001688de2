import { expect, test } from 'vitest';
import { completion } from '../../src/lsp/features/completion.ts';
import { corrections } from '../../src/lsp/features/corrections.ts';
import { definition } from '../../src/lsp/features/definition.ts';
import { folding } from '../../src/lsp/features/folding.ts';
import { formatting } from '../../src/lsp/features/formatting.ts';
import { hover } from '../../src/lsp/features/hover.ts';
import { highlights, references, rename, renamed } from '../../src/lsp/features/references.ts';
import { signatureHelp } from '../../src/lsp/features/signature.ts';
import { symbols, workspaceSymbols } from '../../src/lsp/features/symbols.ts';
import { spotIn } from './workspace-text.ts';

type Files = Parameters<typeof spotIn>[0];

/** What is offered at the pointer, best first. */
function offered(files: Files): readonly string[] {
  const sorted = completion(spotIn(files)).toSorted((a, b) =>
    (a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1,
  );
  return sorted.map(({ textEdit, label }) => textEdit?.newText ?? label);
}

test.each<readonly [Files, readonly string[]]>([
  ["x = 'a'\nx.sp|", ['split', 'splitlines']],
  ["fs = import('fs')\nmessage(fs.|)", ['exists', 'stem']],
  ["cc = meson.get_compiler('c')\nif cc.has_h|", ['has_header']],
  ["dependency('zlib').|", ['found', 'version']],
  ["executable('a', |", ['install: ', 'link_with: ']],
  ["executable('a', install: true, |", ['link_with: ']],
  ["import('gnome').compile_resources('a', |", ['source_dir: ']],
  ["message(get_option('|", ['prefix', 'werror']],
  ["import('|')", ['fs', 'gnome']],
  ["some_name = 1\nmessage(get_variable('|", ['some_name']],
  ["project('a', 'c|", ['cpp', 'rust']],
  ["project('a', default_options: ['|", ['buildtype=']],
  ['some_name = 1\n|', ['some_name', 'executable', 'foreach', 'meson']],
  [
    { 'meson.build': "project('p')\nsubdir('|')", 'lib/meson.build': '', 'doc/x': '' },
    ['doc', 'lib'],
  ],
  [{ 'meson.build': "project('p')\nfiles('lib/|')", 'lib/a.c': '' }, ['lib/a.c']],
  [{ 'meson.build': "project('p')\nexecutable('x', ['|", 'a.c': '' }, ['a.c', 'meson.build']],
  [
    {
      'meson.build': "project('p')\nsubproject('|')",
      'subprojects/foo.wrap': '',
      'subprojects/bar/meson.build': '',
    },
    ['bar', 'foo'],
  ],
  [
    {
      'meson.build': "project('p')\nget_option('|')",
      'meson.options': "option('mine', type: 'string')",
    },
    ['mine'],
  ],
  [{ 'meson.build': "project('p')", 'meson.options': "option('a', |" }, ['type: ']],
  [
    { 'meson.build': "project('p')", 'meson.options': "option('a', type: '|" },
    ['boolean', 'feature'],
  ],
])('completion of %j', (files, expected) => {
  expect(offered(files)).toEqual(expect.arrayContaining([...expected]));
});

test('nothing is offered where nothing fits', () => {
  expect(offered('# foo|')).toEqual([]);
  expect(offered("x = 'some te|")).toEqual([]);
  expect(offered("executable('a', install: true, |")).not.toContain('install: ');
});

test.each([
  ["exec|utable('a')", 'executable(name, sources…'],
  ["'a'.str|ip()", 'str.strip([characters]) → str'],
  ["import('fs').ex|ists('a')", 'fs.exists('],
  ["executable('a', inst|all: true)", 'Install it.'],
  ["x = files('a')\nmessage(|x)", 'x: list'],
  ["get_option('pre|fix')", 'Installation prefix'],
  ["import('gn|ome')", '**gnome**'],
])('hovering over %j shows the manual', (text, expected) => {
  expect(JSON.stringify(hover(spotIn(text))?.contents)).toContain(expected);
});

test('the next argument is pointed out', () => {
  expect(signatureHelp(spotIn("executable('a', |"))).toMatchObject({ activeParameter: 1 });
  expect(signatureHelp(spotIn("'a'.join(|"))?.signatures[0]?.label).toBe(
    'str.join(strings…) → str',
  );
  expect(signatureHelp(spotIn('x = |'))).toBe(undefined);
});

/** Where the thing at the pointer is defined: `path:line:column`. */
function defined(files: Files): readonly string[] {
  return definition(spotIn(files)).map(
    ({ uri, range }) =>
      `${uri.replace('file:///project/', '')}:${range.start.line}:${range.start.character}`,
  );
}

test('definitions of variables, folders, options, files and subprojects', () => {
  expect(defined('x = 1\nx += 2\nmessage(|x)')).toEqual(['meson.build:1:0']);
  expect(defined("x = 1\nmessage(f'@|x@')")).toEqual(['meson.build:1:0']);
  expect(defined({ 'meson.build': "project('p')\nsubdir('l|ib')", 'lib/meson.build': '' })).toEqual(
    ['lib/meson.build:0:0'],
  );
  expect(defined({ 'meson.build': "project('p')\nexecutable('x', 'a|.c')", 'a.c': '' })).toEqual([
    'a.c:0:0',
  ]);
  expect(
    defined({
      'meson.build': "project('p')\nget_option('o|pt')",
      'meson.options': "option('opt', type: 'string')",
    }),
  ).toEqual(['meson.options:0:8']);
  expect(
    defined({ 'meson.build': "project('p')\nsubproject('s|ub')", 'subprojects/sub.wrap': '' }),
  ).toEqual(['subprojects/sub.wrap:0:0']);
});

test('references and names are found in all files, format strings and texts', () => {
  const files = {
    'meson.build':
      "project('p')\nna|me = 'x'\nname += 'y'\nsubdir('s')\nmessage(f'@name@', get_variable('name'))",
    's/meson.build': 'message(name)',
  };
  expect(references(spotIn(files), { definitions: true })).toHaveLength(5);
  expect(renamed(spotIn(files))).toEqual({
    start: { line: 1, character: 0 },
    end: { line: 1, character: 4 },
  });
  const edit = rename(spotIn(files), 'fresh');
  expect(typeof edit === 'string' ? edit : edit.changes).toMatchObject({
    'file:///project/meson.build': [{}, {}, {}, {}],
    'file:///project/s/meson.build': [{ newText: 'fresh' }],
  });
  expect(rename(spotIn(files), '1x')).toBe("'1x' is no name of a variable.");
});

test('an option is renamed where it is declared and where it is asked for', () => {
  const files = {
    'meson.build': "project('p')\nget_option('o|pt')",
    'meson.options': "option('opt', type: 'string')",
  };
  const edit = rename(spotIn(files), 'new-name');
  expect(Object.keys(typeof edit === 'string' ? {} : (edit.changes ?? {}))).toHaveLength(2);
});

test('symbols are targets, tests and variables', () => {
  const { file } = spotIn(
    "x = 1\nexe = executable('prog', 'a.c')\ntest('runs', exe)\nif x == 1\n y = 2\nendif",
  );
  expect(symbols(file).map(({ name }) => name)).toEqual(['p', 'x', 'prog', 'exe', 'runs', 'y']);
});

test('blocks, calls and comments can be folded', () => {
  const { file } = spotIn('if true\n x = 1\nelse\n y = 2\nendif\nz = [\n 1,\n]\n# a\n# b\n');
  expect(folding(file).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
    [1, 2],
    [3, 4],
    [6, 7],
    [9, 10],
  ]);
});

test('formatting changes the lines that need it, or those of a range', () => {
  const { file, workspace } = spotIn('x=1\ny = 2\nz=3\n');
  const edits = formatting(workspace.disk, file);
  expect(edits.map(({ newText }) => newText)).toEqual(['x = 1\n', 'z = 3\n']);
  const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 1 } };
  expect(formatting(workspace.disk, file, range)).toHaveLength(1);
});

test('a file that no project enters is still understood', () => {
  const spot = spotIn({
    'meson.build': "project('p')",
    'lost/meson.build': "fs = import('fs')\nfs.|",
  });
  expect(completion(spot).length).toBeGreaterThan(5);
});

test('a name that is nearly right can be put right, and a warning switched off', () => {
  const { facts, file } = spotIn("fo = 1\nmessage(get_option('prefx'))\n");
  const titles = (line: number): readonly string[] => {
    const at = { line, character: 0 };
    return corrections(facts, file, { start: at, end: at }).map(({ title }) => title);
  };
  expect(titles(1)).toEqual(['Switch unused-variable off here']);
  expect(titles(2)).toEqual(["Write 'prefix'"]);
  expect(titles(0)).toEqual([]);
});

test('what a variable is given is told from where it is asked for', () => {
  expect(highlights(spotIn('|x = 1\nmessage(x)')).map(({ kind }) => kind)).toEqual([3, 2]);
});

test('symbols of all files are found by some of their letters', () => {
  const { facts } = spotIn({
    'meson.build': "project('p')\nsubdir('s')",
    's/meson.build': "executable('program', 'a.c')",
  });
  expect(workspaceSymbols([facts], 'prg').map(({ name }) => name)).toEqual(['program']);
  expect(workspaceSymbols([facts], '([')).toEqual([]);
});

test('projects beside one another share nothing', () => {
  const { workspace } = spotIn({
    'meson.build': '',
    'a/meson.build': "project('a')\nshared = 1\n",
    'b/meson.build': "project('b')\nmessage(shared)\n",
  });
  const factsOf = (name: string) => workspace.factsOf(`/project/${name}/meson.build`);
  expect([...factsOf('a').writes.keys()]).toEqual(['shared']);
  expect([...factsOf('b').writes.keys()]).toEqual([]);
});
