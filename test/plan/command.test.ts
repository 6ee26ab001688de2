import { expect, test } from 'vitest';
import { sourceFile } from '../../src/model/file.ts';
import type { CommandWord, Item } from '../../src/model/target.ts';
import { linkTo, ModelBuilder } from '../support/model.ts';
import { planned } from '../support/plan.ts';
import { plannedText } from '../support/plan-text.ts';

const text = (words: string): readonly CommandWord[] =>
  words.split(' ').map((word) => ({ kind: 'text', text: word }));
const file = (path: string): Item => ({ kind: 'file', file: sourceFile(path) });

test('templates of a custom command become paths', () => {
  const project = new ModelBuilder();
  project.customTarget('gen', ['a.c', 'b.h'], {
    subdir: 'sub',
    buildSubdir: 'sub',
    inputs: [file('sub/x.in'), file('y.in')],
    command: [
      { kind: 'program', command: ['/usr/bin/python3', '/project/gen.py'] },
      ...text('@INPUT@ @OUTPUT@ -o=@OUTPUT1@ @INPUT1@ @BASENAME0@ @PLAINNAME1@ @OUTDIR@'),
      ...text('@SOURCE_ROOT@ @BUILD_ROOT@ @CURRENT_SOURCE_DIR@ @PRIVATE_DIR@ @DEPFILE@'),
    ],
    depfile: { name: 'gen.d', format: 'make' },
  });
  const { command, inputs, action } = planned(project.model());
  expect(command('sub/a.c')).toBe(
    '/usr/bin/python3 /project/gen.py ../sub/x.in ../y.in sub/a.c sub/b.h -o=sub/b.h ../y.in x y.in sub .. . ../sub sub/a.c.p sub/gen.d',
  );
  expect(inputs('sub/b.h')).toEqual(['../sub/x.in', '../y.in', '/project/gen.py']);
  expect(action('sub/a.c')).toMatchObject({
    rule: 'CUSTOM_COMMAND_DEP',
    description: 'Generating sub/gen with a custom command',
    depfile: { path: 'sub/gen.d', format: 'make' },
  });
});

test('capture and feed are redirections, console is a pool, stale always runs', () => {
  const project = new ModelBuilder();
  project.customTarget('gen', ['out.txt'], {
    inputs: [file('in.txt')],
    command: text('tool'),
    capture: true,
    feed: true,
    console: true,
    buildAlwaysStale: true,
  });
  const { action, graph } = planned(project.model());
  expect(action('out.txt')).toMatchObject({
    work: { stdout: 'out.txt', stdin: '../in.txt' },
    alwaysRun: true,
  });
  expect(graph.pools.get(action('out.txt').pool ?? (0 as never))).toMatchObject({ console: true });
});

test('a question is an action that always runs, and its answer an input of the command', () => {
  const project = new ModelBuilder();
  project.customTarget('tag', ['tag.h'], {
    question: text('git describe'),
    command: text('write @OUTPUT@ @ANSWER@'),
  });
  const { action, command, inputs } = planned(project.model());
  expect(command('tag.h.p/answer')).toBe('git describe');
  expect(action('tag.h.p/answer')).toMatchObject({
    alwaysRun: true,
    work: { stdout: 'tag.h.p/answer' },
  });
  expect(command('tag.h')).toBe('write tag.h tag.h.p/answer');
  expect(inputs('tag.h')).toEqual(['tag.h.p/answer']);
  expect(action('tag.h').alwaysRun).toBe(false);
});

test('a built program is started by its whole path, and its shared libraries count as inputs', () => {
  const project = new ModelBuilder();
  const library = project.sharedLibrary('lib', ['lib.c']);
  const tool = project.executable('tool', ['tool.c'], { linkWith: [linkTo(library)] });
  project.customTarget('gen', ['out.txt'], {
    command: [{ kind: 'target', target: tool, output: 0 }, ...text('@OUTPUT@')],
  });
  const { command, inputs } = planned(project.model());
  expect(command('out.txt')).toBe('/project/build/tool out.txt');
  expect(inputs('out.txt')).toEqual(['tool', 'liblib.so']);
});

test('a generator runs once for each input, in the private folder of its user', () => {
  const project = new ModelBuilder();
  const list = project.generatedList({
    arguments: ['@INPUT@', '@OUTPUT@', '@BUILD_DIR@', '@CURRENT_SOURCE_DIR@', '@EXTRA_ARGS@'],
    outputs: ['@BASENAME@.c'],
    inputs: [file('sub/a.in'), file('sub/deep/b.in')],
    extraArguments: ['--x', '--y'],
    preservePathFrom: '/project/sub',
    subdir: 'sub',
  });
  project.executable('app', [list]);
  const { command, inputs } = planned(project.model());
  expect(command('app.p/a.c')).toBe('/usr/bin/gen ../sub/a.in app.p/a.c app.p ../sub --x --y');
  expect(command('app.p/deep/b.c')).toContain('../sub/deep/b.in app.p/deep/b.c');
  expect(inputs('app.p/a.c')).toEqual(['../sub/a.in', '/usr/bin/gen']);
  expect(inputs('app')).toEqual([
    'app.p/meson-generated_a.c.o',
    'app.p/meson-generated_deep_b.c.o',
  ]);
});

test('a run target is a goal that always runs and is told where it is', () => {
  const project = new ModelBuilder();
  const app = project.executable('app', ['main.c']);
  project.runTarget('check', {
    subdir: 'sub',
    command: [...text('tool'), { kind: 'target', target: app, output: 0 }],
  });
  const { graph } = planned(project.model());
  const [id] = graph.goals.get('check')?.actions ?? [];
  const action = graph.actions.get(id ?? (0 as never));
  expect(action.alwaysRun).toBe(true);
  expect(action.work).toMatchObject({
    argv: ['tool', '/project/build/app'],
    environment: [
      { name: 'MESON_SOURCE_ROOT', value: '/project' },
      { name: 'MESON_BUILD_ROOT', value: '/project/build' },
      { name: 'MESON_SUBDIR', value: 'sub' },
      { name: 'MESONINTROSPECT' },
    ],
  });
});

test('all is what is built by default', () => {
  const project = new ModelBuilder();
  project.executable('app', ['main.c']);
  project.executable('extra', ['main.c'], { buildByDefault: false });
  expect(planned(project.model()).goal('all')).toEqual(['app']);
});

test('commands that wait for each other are told', () => {
  const project = new ModelBuilder();
  const word = (built: string): readonly CommandWord[] => [
    { kind: 'text', text: 'cat' },
    { kind: 'file', file: { tree: 'build', path: built } },
  ];
  project.customTarget('a', ['a.txt'], { command: word('b.txt') });
  project.customTarget('b', ['b.txt'], { command: word('a.txt') });
  expect(planned(project.model()).diagnostics.map(({ message }) => message)).toEqual([
    'dependency cycle: a.txt -> b.txt -> a.txt',
  ]);
});

test('a run target may not have the name of a file at the top', () => {
  const project = new ModelBuilder();
  project.customTarget('gen', ['clash'], { command: text('tool') });
  project.runTarget('clash', { command: text('tool') });
  expect(planned(project.model()).diagnostics.map(({ message }) => message)).toEqual([
    'Multiple producers for Ninja target "clash". Please rename your targets.',
  ]);
});

test('a program of another machine is run with its wrapper, and cannot be run where there is none', () => {
  const project = new ModelBuilder();
  const host = project.executable('host', ['main.c']);
  const native = project.executable('native', ['main.c'], { machine: 'build' });
  for (const [name, id] of [
    ['a.txt', host],
    ['b.txt', native],
  ] as const)
    project.customTarget(name, [name], {
      command: [{ kind: 'target', target: id, output: 0 }, ...text('@OUTPUT@')],
    });
  const wrapped = planned(
    project.model({ cross: true, needsExeWrapper: true, exeWrapper: ['qemu', '-L', '/arm'] }),
  );
  expect(wrapped.command('a.txt')).toBe('qemu -L /arm /project/build/host a.txt');
  expect(wrapped.command('b.txt')).toBe('/project/build/native b.txt');
  const { diagnostics } = planned(project.model({ cross: true, needsExeWrapper: true }));
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'An exe_wrapper is needed for /project/build/host but was not found. Please define one in cross file and check the command and/or add it to PATH.',
  ]);
});

test('who uses a folder depends on the file that says what is in it', () => {
  const project = new ModelBuilder();
  const more = { alsoMakes: ['site.contents'], contents: 'site.contents' };
  const site = project.customTarget('site', ['site'], { ...more, command: text('tool') });
  const item: Item = { kind: 'output', target: site, output: 0 };
  project.customTarget('a', ['a.tar'], { inputs: [item], command: text('tar @INPUT@') });
  project.customTarget('b', ['b.tar'], { depends: [site], command: text('tar') });
  const { command, inputs } = planned(project.model());
  expect(command('a.tar')).toBe('tar site');
  for (const name of ['a.tar', 'b.tar']) expect(inputs(name)).toEqual(['site', 'site.contents']);
});

test('commands are given files as the build file wrote them, and depend on them as they lie', () => {
  const { command, inputs, tests } = plannedText(
    {
      'meson.build': "project('p', 'c')\nsubdir('sub')\n",
      'sub/meson.build': `
      tool = find_program('tool')
      header = files('../a/in.h')
      custom_target('t', input: '../a/in.h', output: 'o', command: [tool, '@INPUT@', header, '@OUTPUT@'])
      g = generator(tool, arguments: ['@INPUT@', '@OUTPUT@'], output: '@BASENAME@.c')
      executable('e', '../a/x.c', g.process('../a/in.h'))
      test('u', tool, args: header)`,
      'a/in.h': '',
      'a/x.c': '',
      tool: '#!/bin/sh\n',
    },
    { tool: () => '' },
  );
  expect(command('sub/o')).toContain(' ../sub/../a/in.h ../sub/../a/in.h sub/o');
  expect(inputs('sub/o')).toContain('../a/in.h');
  expect(command('sub/e.p/in.c')).toContain(' ../sub/../a/in.h sub/e.p/in.c');
  expect(inputs('sub/e.p/in.c')).toContain('../a/in.h');
  expect(command('sub/e.p/.._a_x.c.o')).toMatch(/ -c \.\.\/a\/x\.c$/);
  expect(tests.tests[0]?.argv.at(-1)).toBe('/project/build/../sub/../a/in.h');
});
