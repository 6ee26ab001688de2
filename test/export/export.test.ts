import { expect, test } from 'vitest';
import { compileCommands } from '../../src/export/compile-commands.ts';
import { mesonInfo } from '../../src/export/introspect/meson-info.ts';
import { rustProject } from '../../src/export/rust-project.ts';
import type { Model } from '../../src/model/model.ts';
import type { Test } from '../../src/model/test.ts';
import { linkTo, ModelBuilder } from '../support/model.ts';
import { planned } from '../support/plan.ts';
import { plannedText } from '../support/plan-text.ts';

function info(model: Model, file: string): unknown {
  const { targets, tests, install } = planned(model);
  const facts = { model, targets, tests, install, mesonVersion: '1.12.1', suffixesOf: () => ['c'] };
  return mesonInfo(facts).get(file);
}

test('compile_commands.json names source, object and a command that a shell understands', () => {
  const project = new ModelBuilder();
  project.executable('app', ['main.c'], { compileArgs: new Map([['c', ['-DX="a b"']]]) });
  const [entry, ...others] = compileCommands(planned(project.model()).graph, '/project/build');
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    directory: '/project/build',
    file: '../main.c',
    output: 'app.p/main.c.o',
  });
  expect(entry?.command).toContain(` '-DX="a b"' -MD`);
});

test('compile_commands.json names a source as the command does', () => {
  const { graph } = plannedText({
    'meson.build': "project('p', 'cython', 'c')\nshared_module('m', 'm.pyx')",
    'm.pyx': '',
  });
  const [entry] = compileCommands(graph, '/project/build');
  expect(entry?.file).toBe('/project/m.pyx');
});

test('of sources in the language of LLVM neither compile_commands.json nor introspection tells', () => {
  const { graph, targets } = plannedText(
    {
      'meson.build': "project('p', 'c')\nexecutable('app', 'main.c', 'f.ll')",
      'main.c': '',
      'f.ll': '',
    },
    {},
    { cc: { version: 'clang version 19.1.7\n' } },
  );
  expect(compileCommands(graph, '/project/build').map(({ file }) => file)).toEqual(['../main.c']);
  const compilations = [...targets.values()].flatMap((target) => target.compilations);
  expect(compilations.map(({ sources }) => sources)).toEqual([['/project/main.c']]);
});

test('introspection tells what compiles a target, with folders that work from anywhere', () => {
  const project = new ModelBuilder();
  const library = project.staticLibrary('st', ['st.c'], {
    installRpath: '/opt/lib',
    install: {
      directories: ['lib'],
      mode: undefined,
      tags: [undefined],
      placeholders: ['{libdir_static}'],
    },
  });
  project.executable('app', ['main.c'], { linkWith: [linkTo(library)] });
  const model = project.model();
  expect(info(model, 'intro-targets.json')).toMatchObject([
    {
      name: 'st',
      type: 'static library',
      defined_in: '/project/meson.build',
      filename: ['/project/build/libst.a'],
      target_sources: [
        {
          language: 'c',
          machine: 'host',
          compiler: ['cc'],
          parameters: [
            ...['-I/project/build/libst.a.p', '-I/project/build', '-I/project'],
            ...['-fdiagnostics-color=always', '-D_FILE_OFFSET_BITS=64', '-Wall'],
            ...['-Winvalid-pch', '-O0', '-g', '-fPIC'],
          ],
          sources: ['/project/st.c'],
          generated_sources: [],
          unity_sources: [],
        },
        { linker: ['gcc-ar'], parameters: ['csrD'] },
      ],
      installed: true,
      install_filename: ['/usr/local/lib/libst.a'],
      subproject: null,
    },
    { name: 'app', installed: false },
  ]);
  expect(info(model, 'intro-install_plan.json')).toEqual({
    targets: {
      '/project/build/libst.a': {
        destination: '{libdir_static}/libst.a',
        tag: 'devel',
        subproject: null,
        install_rpath: '/opt/lib',
        build_rpaths: [],
      },
    },
  });
  expect(info(model, 'intro-installed.json')).toEqual({
    '/project/build/libst.a': '/usr/local/lib/libst.a',
  });
});

test('every kind of information has its file, and meson-info.json lists them', () => {
  const { targets, tests, install } = planned(new ModelBuilder().model());
  const model = new ModelBuilder().model();
  const files = mesonInfo({
    ...{ model, targets, tests, install },
    mesonVersion: '1.12.1',
    suffixesOf: () => [],
  });
  const listed = files.get('meson-info.json') as {
    introspection: { information: Record<string, { file: string }> };
  };
  expect(Object.values(listed.introspection.information).map(({ file }) => file)).toEqual(
    [...files.keys()].filter((name) => name.startsWith('intro-')),
  );
});

test('of what rustc links by, introspection tells the arguments', () => {
  const model = new ModelBuilder().model();
  const rustc = model.toolchains.get('host')?.get('rust');
  if (rustc === undefined) throw new Error('the model has a rustc');
  const command = ['rustc', '-C', 'linker=cc', '-C', 'link-arg=-m64'];
  const toolchains = new Map([['host', new Map([['rust', { ...rustc, command }]])]] as const);
  expect(info({ ...model, toolchains }, 'intro-compilers.json')).toMatchObject({
    host: { rust: { exelist: command, linker_exelist: ['-m64'] } },
  });
});

test('rust-project.json knows crates by number and by the name that the source uses', () => {
  const project = new ModelBuilder().option('rust_std', '2021');
  const rust = {
    crateType: 'rlib',
    root: undefined,
    test: false,
    doctest: false,
  };
  const base = project.staticLibrary('base', ['base.rs'], {
    filename: 'libbase.rlib',
    languages: ['rust'],
    rust: { ...rust, dependencyMap: new Map() },
  });
  project.staticLibrary('lib-rs', ['lib.rs'], {
    filename: 'liblib_rs.rlib',
    languages: ['rust'],
    linkWith: [linkTo(base)],
    compileArgs: new Map([['rust', ['--cfg', 'foo']]]),
    rust: { ...rust, dependencyMap: new Map([['base', 'bb']]) },
  });
  const model = project.model();
  expect(rustProject({ model, targets: planned(model).targets })).toMatchObject({
    sysroot: '/rust',
    crates: [
      { display_name: 'base', root_module: '/project/base.rs', edition: '2021', deps: [] },
      { display_name: 'lib_rs', cfg: ['foo'], deps: [{ crate: 0, name: 'bb' }] },
    ],
  });
});

test('introspection names the variables of dependencies and of their parts, but no copies', () => {
  const { model } = plannedText({
    'meson.build': `project('p', 'c')
d = dependency('threads')
part = d.partial_dependency(compile_args: true)
other = d.as_system()
same = d`,
  });
  expect(info(model, 'intro-dependencies.json')).toMatchObject([
    { name: 'threads', meson_variables: ['d', 'part', 'same'] },
  ]);
});

test('the install plan has what configure_file made under configure', () => {
  const { model } = plannedText({
    'meson.build': `project('p', 'c')
configure_file(output: 'c.h', configuration: {'A': 1}, install_dir: 'include')`,
  });
  expect(info(model, 'intro-install_plan.json')).toEqual({
    targets: {},
    configure: {
      '/project/build/c.h': { destination: 'include/c.h', tag: 'devel', subproject: null },
    },
  });
});

test('introspection names dependencies that were not found, and no single outputs as sources', () => {
  const { model } = plannedText(
    {
      'meson.build': `project('p', 'c')
two = custom_target(output: ['a', 'b'], command: ['true', '@OUTPUT@'])
custom_target(input: two, output: 'c', command: ['true'])
custom_target(input: two[1], output: 'd', command: ['true', two, two[1]])
executable('app', 'main.c', dependencies: dependency('', required: false))`,
      'main.c': '',
    },
    { true: () => '' },
  );
  expect(info(model, 'intro-targets.json')).toMatchObject([
    { name: 'a' },
    {
      name: 'c',
      target_sources: [{ sources: ['/build/a', '/build/b'].map((p) => `/project${p}`) }],
    },
    {
      name: 'd',
      // A target is told of by its outputs' names, one output by its path.
      target_sources: [{ sources: [], compiler: ['/usr/bin/true', 'a', 'b', '/project/build/b'] }],
    },
    { name: 'app', dependencies: [''] },
  ]);
});

test('a folder is shown by its option only where the build file made it of one', () => {
  const { model } = plannedText({
    'meson.build': `project('p')
folder = get_option('datadir') / 'x'
install_data('a', install_dir: folder)
install_data('b', install_dir: folder + '/y')`,
    a: '',
    b: '',
  });
  expect(info(model, 'intro-install_plan.json')).toMatchObject({
    data: {
      '/project/a': { destination: '{datadir}/x/a' },
      '/project/b': { destination: 'share/x/y/b' },
    },
  });
});

test('of a dependency and its copies a target takes the first', () => {
  const { model } = plannedText({
    'meson.build': `project('p', 'c')
d = declare_dependency(compile_args: '-DX', include_directories: include_directories('i'))
executable('app', 'main.c', dependencies: [d, d.as_system()])`,
    'main.c': '',
    'i/x': '',
  });
  const text = JSON.stringify(info(model, 'intro-targets.json'));
  expect(text).toContain('"-I/project/i"');
  expect(text).not.toContain('-isystem');
});

test('a documentation test depends on targets that introspection has, and is none', () => {
  const project = new ModelBuilder();
  const rust = {
    ...{ root: undefined, dependencyMap: new Map(), test: false },
    crateType: 'rlib',
  } as const;
  const languages = ['rust'] as const;
  const lib = project.staticLibrary('lib', ['lib.rs'], {
    languages,
    rust: { ...rust, doctest: false },
  });
  const doc = project.executable('doc', ['lib.rs'], {
    languages,
    linkWith: [linkTo(lib)],
    rust: { ...rust, doctest: true },
  });
  const test: Test = {
    ...{
      name: 'doc',
      project: 'project',
      suites: [],
      environment: [],
      workingDirectory: undefined,
    },
    ...{ parallel: true, shouldFail: false, timeoutSeconds: 30, protocol: 'rust', priority: 0 },
    ...{ verbose: false, benchmark: false, depends: [lib, doc] },
    command: [{ kind: 'target', target: doc, output: 0 }],
  };
  const model = project.model({ tests: [test] });
  expect(info(model, 'intro-tests.json')).toMatchObject([{ depends: ['lib@static-library'] }]);
  expect(info(model, 'intro-targets.json')).toMatchObject([{ id: 'lib@static-library' }]);
});

test('folders are shown as build files spell them', () => {
  const { model } = plannedText(
    {
      'meson.build': "project('p')\nsubdir('en')\nsubdir('fr')",
      'en/meson.build':
        "install_subdir('../html', install_dir: 'share/en')\ninstall_subdir('include', install_dir: '')",
      'fr/meson.build':
        "install_subdir('../html', install_dir: 'share/fr', strip_directory: true)\ncustom_target('t', output: '.', command: 'true')",
    },
    { true: () => '' },
  );
  expect(info(model, 'intro-targets.json')).toMatchObject([{ filename: ['/project/build/fr/.'] }]);
  expect(info(model, 'intro-install_plan.json')).toMatchObject({
    install_subdirs: {
      '/project/en/../html': { destination: '{prefix}/share/en/html' },
      '/project/en/include': { destination: '{prefix}/include' },
      '/project/fr/../html': { destination: '{prefix}/share/fr' },
    },
  });
});

test('each installed file is looked at a few times, however many there are', () => {
  const names = Array.from({ length: 100 }, (_, at) => `f${at}`);
  const { model } = plannedText({
    'meson.build': `project('p')\ninstall_data(${names.map((name) => `'${name}'`).join(', ')})`,
    ...Object.fromEntries(names.map((name) => [name, ''])),
  });
  const { targets, tests, install } = planned(model);
  let looks = 0;
  const items = install.items.map((item) => {
    if (item.kind !== 'file') return item;
    const look = () => {
      looks++;
      return item.from;
    };
    return Object.defineProperty({ ...item }, 'from', { get: look });
  });
  const facts = { model, targets, tests, mesonVersion: '1.12.1', suffixesOf: () => ['c'] };
  mesonInfo({ ...facts, install: { ...install, items } }).get('intro-install_plan.json');
  expect(looks).toBeGreaterThanOrEqual(100);
  expect(looks).toBeLessThan(1000);
});
