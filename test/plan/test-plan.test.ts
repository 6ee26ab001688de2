import { expect, test } from 'vitest';
import { introspectTests } from '../../src/export/introspect/tests.ts';
import type { CommandWord } from '../../src/model/target.ts';
import type { Test } from '../../src/model/test.ts';
import { linkTo, ModelBuilder } from '../support/model.ts';
import { planned } from '../support/plan.ts';
import { plannedText } from '../support/plan-text.ts';

const plain: Test = {
  name: 'test',
  project: 'project',
  suites: ['project'],
  command: [],
  environment: [],
  workingDirectory: undefined,
  depends: [],
  parallel: true,
  shouldFail: false,
  timeoutSeconds: 30,
  protocol: 'exitcode',
  priority: 0,
  verbose: false,
  benchmark: false,
};

const target = (id: number): CommandWord => ({ kind: 'target', target: id as never, output: 0 });

test('files that a test is given are named from the build directory, as Meson spells them', () => {
  const project = new ModelBuilder();
  const app = project.executable('app', ['main.c']);
  const file = (tree: 'source' | 'build'): CommandWord => ({
    kind: 'file',
    file: { tree, path: 'sub/data.txt' },
  });
  const model = project.model({
    tests: [{ ...plain, command: [target(app), file('source'), file('build')] }],
  });
  expect(planned(model).tests.tests[0]?.argv.slice(1)).toEqual([
    '/project/build/../sub/data.txt',
    '/project/build/sub/data.txt',
  ]);
});

test('a test runs a built program and finds its shared libraries', () => {
  const project = new ModelBuilder();
  const library = project.sharedLibrary('lib', ['lib.c'], { subdir: 'sub', buildSubdir: 'sub' });
  const app = project.executable('app', ['main.c'], { linkWith: [linkTo(library)] });
  const tool = project.executable('tool', ['tool.c'], { subdir: 'sub', buildSubdir: 'sub' });
  const model = project.model({
    tests: [
      { ...plain, command: [target(app), { kind: 'text', text: '-x' }, target(tool), target(app)] },
    ],
  });
  const { tests, goal } = planned(model);
  expect(tests.tests[0]).toMatchObject({
    argv: ['/project/build/app', '-x', 'sub/tool', './app'],
    environment: [
      { kind: 'prepend', name: 'LD_LIBRARY_PATH', value: '/project/build/sub', separator: ':' },
    ],
    built: true,
    depends: ['app', 'sub/tool'],
  });
  expect(goal('meson-test-prereq')).toEqual(['app', 'sub/tool']);
});

test('tests of higher priority come first', () => {
  const project = new ModelBuilder();
  const app = project.executable('app', ['main.c']);
  const made = (name: string, priority: number): Test => ({
    ...plain,
    name,
    priority,
    command: [target(app)],
  });
  const { tests } = planned(project.model({ tests: [made('a', 0), made('b', 5), made('c', 0)] }));
  expect(tests.tests.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
});

test('a cross-built program needs a wrapper, one for the build machine does not', () => {
  const project = new ModelBuilder();
  const host = project.executable('host', ['main.c']);
  const native = project.executable('native', ['main.c'], { machine: 'build' });
  const { tests } = planned(
    project.model({
      cross: true,
      needsExeWrapper: true,
      exeWrapper: ['qemu'],
      tests: [host, native].map((id) => ({ ...plain, command: [target(id)] })),
    }),
  );
  expect(tests.tests.map(({ foreign }) => foreign)).toEqual([{ wrapper: ['qemu'] }, undefined]);
});

test('a documentation test runs rustdoc over the sources with all that the crate links', () => {
  const project = new ModelBuilder().option('rust_std', '2021');
  const keywords = { root: undefined, dependencyMap: new Map(), test: false };
  const lib = project.staticLibrary('lib_rs', ['lib.rs'], {
    filename: 'liblib_rs.rlib',
    languages: ['rust'],
    rust: { ...keywords, crateType: 'rlib', doctest: false },
  });
  const doc = project.executable('dt', ['lib.rs'], {
    languages: ['rust'],
    linkWith: [linkTo(lib)],
    compileArgs: new Map([['rust', ['--test']]]),
    rust: { ...keywords, crateType: 'rlib', doctest: true },
    buildByDefault: false,
  });
  const { tests, files } = planned(
    project.model({ tests: [{ ...plain, protocol: 'rust', command: [target(doc)] }] }),
  );
  expect(tests.tests[0]?.argv.join(' ')).toBe(
    'rustdoc -C linker=cc --color=always -C debug-assertions=yes -C overflow-checks=no -C embed-bitcode=no --crate-type rlib -Cdefault-linker-libraries -C link-arg=-Wl,--allow-shlib-undefined --edition=2021 --crate-name dt -C metadata=dt@executable --test --extern lib_rs=liblib_rs.rlib -L. ../lib.rs',
  );
  expect(tests.tests[0]).toMatchObject({ built: false, depends: ['liblib_rs.rlib'] });
  expect(files()).not.toContain('dt');
});

test('documentation is tested from the files that were laid together for the crate', () => {
  const rustc = (argv: readonly string[]) =>
    argv.includes('--version') ? 'rustc 1.95.0\n' : '/usr\n/usr/lib/rustlib\n';
  const { graph, tests } = plannedText(
    {
      'meson.build': [
        "project('t', 'rust')",
        "word = configure_file(output: 'word.rs', configuration: {})",
        "parts = static_library('parts', structured_sources(['parts.rs', word]), rust_abi: 'rust')",
        "import('rust').doctest('examples', parts)",
      ].join('\n'),
      'parts.rs': '',
    },
    { rustc, rustdoc: () => '' },
  );
  const root = 'libparts.rlib.p/structured/parts.rs';
  expect(tests.tests[0]?.argv).toContain(root);
  const made = [...graph.actions.values()].flatMap(({ outputs }) => outputs);
  const copies = made.map((id) => graph.files.get(id)).filter((path) => path.endsWith('parts.rs'));
  expect(copies).toEqual([root]);
});

test('a cross file may say that programs need no wrapper, or need one although they would run', () => {
  const project = new ModelBuilder();
  const host = project.executable('host', ['main.c']);
  const tests: readonly Test[] = [
    { ...plain, command: [target(host)] },
    { ...plain, command: [{ kind: 'program', command: ['/bin/python3'] }, target(host)] },
  ];
  const runs = (needsExeWrapper: boolean, exeWrapper: readonly string[] | undefined) =>
    planned(project.model({ cross: true, needsExeWrapper, exeWrapper, tests })).tests.tests.map(
      (one) => [one.foreign, one.exeWrapper],
    );
  expect(runs(false, undefined)).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
  expect(runs(true, undefined)).toEqual([
    [{}, undefined],
    [undefined, undefined],
  ]);
  expect(runs(true, ['qemu'])).toEqual([
    [{ wrapper: ['qemu'] }, ['qemu']],
    [undefined, ['qemu']],
  ]);
});

test('a program for Windows finds its libraries by PATH, and by WINEPATH where Wine runs it', () => {
  const project = new ModelBuilder();
  const library = project.sharedLibrary('lib', ['lib.c'], { subdir: 'sub', buildSubdir: 'sub' });
  const app = project.executable('app', ['main.c'], { linkWith: [linkTo(library)] });
  const { machines } = project.model();
  const model = project.model({
    machines: { ...machines, host: { ...machines.host, system: 'windows' } },
    cross: true,
    needsExeWrapper: true,
    exeWrapper: ['/usr/bin/wine'],
    hostRoots: ['/usr/mingw'],
    tests: [{ ...plain, command: [target(app)] }],
  });
  const { tests } = planned(model);
  expect(introspectTests(model, tests, { benchmarks: false })).toEqual([
    expect.objectContaining({
      env: {},
      extra_paths: ['/project/build/', '/project/build/sub', '/usr/mingw/bin'],
    }),
  ]);
  expect(tests.tests[0]?.environment.slice(-2)).toEqual([
    {
      kind: 'prepend',
      name: 'PATH',
      value: '/project/build/:/project/build/sub:/usr/mingw/bin',
      separator: ':',
    },
    {
      kind: 'prepend',
      name: 'WINEPATH',
      value: 'Z:/project/build/;Z:/project/build/sub;Z:/usr/mingw/bin',
      separator: ';',
    },
  ]);
});
