import { expect, test } from 'vitest';
import { sourceFile } from '../../src/model/file.ts';
import { linkTo, ModelBuilder } from '../support/model.ts';
import { planned } from '../support/plan.ts';
import { plannedText } from '../support/plan-text.ts';

const installed = { directories: ['bin'], mode: undefined, tags: [undefined] };

test('archives inside the build are thin, installed ones carry what they link', () => {
  const project = new ModelBuilder();
  const st = project.staticLibrary('st', ['st.c']);
  const sti = project.staticLibrary('sti', ['sti.c'], {
    linkWith: [linkTo(st)],
    install: installed,
  });
  project.executable('app', ['main.c'], { linkWith: [linkTo(sti)] });
  const { command, action } = planned(project.model());
  expect(command('libst.a')).toBe('gcc-ar csrDT libst.a libst.a.p/st.c.o');
  expect(command('libsti.a')).toBe('gcc-ar csrD libsti.a libst.a.p/st.c.o libsti.a.p/sti.c.o');
  expect(action('libsti.a').removeOutputsFirst).toBe(true);
  expect(command('app')).toContain('-Wl,--no-undefined libsti.a');
  expect(command('app')).not.toContain('libst.a');
});

test('what a static library depends on is there, and looked at, before it is linked', () => {
  const project = new ModelBuilder();
  const linkDepends = [{ kind: 'file', file: sourceFile('st.syms') }] as const;
  const st = project.staticLibrary('st', ['st.c'], { linkDepends });
  const sti = project.staticLibrary('sti', ['sti.c'], { linkDepends, install: installed });
  project.executable('app', ['main.c'], { linkWith: [linkTo(st), linkTo(sti)] });
  const { command, inputs } = planned(project.model());
  expect(command('libst.a')).toBe('gcc-ar csrDT libst.a libst.a.p/st.c.o');
  expect(inputs('libst.a')).toContain('../st.syms');
  expect(inputs('libsti.a')).toContain('../st.syms');
  expect(inputs('app')).toContain('../st.syms');
});

test('a static library brings the libraries it links', () => {
  const project = new ModelBuilder();
  const dependency = project.dependency({ linkArgs: ['-lz'] });
  const a = project.staticLibrary('a', ['a.c'], { dependencies: [dependency] });
  const b = project.staticLibrary('b', ['b.c'], { linkWith: [linkTo(a)] });
  project.executable('app', ['main.c'], { linkWith: [linkTo(b)] });
  expect(planned(project.model()).command('app')).toContain(
    '-Wl,--start-group libb.a liba.a -lz -Wl,--end-group',
  );
});

test('a program finds its shared libraries by an rpath with room for the installed one', () => {
  const project = new ModelBuilder();
  const sh = project.sharedLibrary('sh', ['sub/sh.c'], {
    subdir: 'sub',
    buildSubdir: 'sub',
    filename: 'libsh.so.1.2.3',
    soname: 'libsh.so.1',
    aliases: [
      { name: 'libsh.so.1', to: 'libsh.so.1.2.3' },
      { name: 'libsh.so', to: 'libsh.so.1' },
    ],
  });
  project.executable('app', ['main.c'], {
    linkWith: [linkTo(sh)],
    installRpath: '/opt/some/where/far',
  });
  const { command, inputs, orderOnly, action } = planned(project.model());
  expect(command('sub/libsh.so.1.2.3')).toBe(
    'cc -o sub/libsh.so.1.2.3 sub/libsh.so.1.2.3.p/sh.c.o -Wl,--as-needed -Wl,--no-undefined -shared -fPIC -Wl,-soname,libsh.so.1',
  );
  expect(orderOnly('sub/libsh.so.1.2.3')).toEqual(['sub/libsh.so.1', 'sub/libsh.so']);
  expect(action('sub/libsh.so').work).toEqual({
    kind: 'symlink',
    target: 'libsh.so.1',
    path: 'sub/libsh.so',
  });
  expect(command('app')).toContain('-Wl,-rpath,$ORIGIN/sub:XXXXXXXX sub/libsh.so.1.2.3');
  expect(inputs('app')).toEqual(['app.p/main.c.o', 'sub/libsh.so.1.2.3.p/libsh.so.1.2.3.symbols']);
});

test('whole archives come before all other libraries', () => {
  const project = new ModelBuilder();
  const st = project.staticLibrary('st', ['st.c']);
  project.executable('app', ['main.c'], {
    linkWhole: [linkTo(st)],
    pie: true,
    exportDynamic: true,
    linkArgs: ['-lx'],
  });
  expect(planned(project.model()).command('app')).toBe(
    'cc -o app app.p/main.c.o -Wl,--as-needed -Wl,--no-undefined -Wl,-export-dynamic -pie -Wl,--whole-archive -Wl,--start-group libst.a -Wl,--no-whole-archive -lx -Wl,--end-group',
  );
});

test('a static library takes in the objects of what it links whole', () => {
  const project = new ModelBuilder();
  const inner = project.staticLibrary('inner', ['inner.c']);
  const outer = project.staticLibrary('outer', ['outer.c'], { linkWhole: [linkTo(inner)] });
  project.executable('app', ['main.c'], { linkWith: [linkTo(outer)] });
  const { command } = planned(project.model());
  expect(command('libouter.a')).toBe(
    'gcc-ar csrDT libouter.a libinner.a.p/inner.c.o libouter.a.p/outer.c.o',
  );
  expect(command('app')).not.toContain('libinner.a');
});

test('extracted objects stand before own ones', () => {
  const project = new ModelBuilder();
  const st = project.staticLibrary('st', ['a.c', 'b.c']);
  project.executable('app', ['main.c'], {
    objects: [
      {
        kind: 'extracted',
        target: st,
        sources: [{ kind: 'file', file: { tree: 'source', path: 'b.c' } }],
        recursive: false,
      },
    ],
  });
  expect(planned(project.model()).inputs('app')).toEqual(['libst.a.p/b.c.o', 'app.p/main.c.o']);
});

test('both halves of both_libraries compile once, and each target links the half it prefers', () => {
  const project = new ModelBuilder().option('default_both_libraries', 'auto');
  const shared = project.sharedLibrary('both', ['both.c']);
  const half = project.staticLibrary('both', [], {
    objects: [{ kind: 'extracted', target: shared, sources: 'all', recursive: true }],
    twin: shared,
  });
  project.executable('app', ['main.c'], { linkWith: [linkTo(half)] });
  project.sharedLibrary('user', ['user.c'], { linkWith: [linkTo(half)] });
  const { command } = planned(project.model());
  expect(command('libboth.a')).toContain('libboth.so.p/both.c.o');
  expect(command('app')).toContain('libboth.a');
  expect(command('libuser.so')).toContain('libboth.so');
});

test("the static half of both_libraries holds the objects of what it links ahead of the shared half's", () => {
  const files = {
    'meson.build': [
      "project('proj', 'c')",
      "common = static_library('common', 'common.c', pic: true)",
      "both_libraries('both', 'both.c', link_with: common, install: true)",
    ].join('\n'),
    'common.c': '',
    'both.c': '',
  };
  expect(plannedText(files).command('libboth.a')).toMatch(
    /libcommon\.a\.p\/common\.c\.o .*libboth\.so\.p\/both\.c\.o$/,
  );
});

test('two targets that make one file are told', () => {
  const project = new ModelBuilder();
  project.executable('app', ['a.c']);
  project.executable('app', ['b.c']);
  expect(planned(project.model()).diagnostics.map((diagnostic) => diagnostic.message)).toContain(
    'Multiple producers for Ninja target "app". Please rename your targets.',
  );
});

test.each(['notes.txt', 'a.o', 'b.lds'])('a source %s that nothing compiles is told', (name) => {
  const project = new ModelBuilder();
  project.executable('app', ['a.c', 'a.h', name]);
  expect(planned(project.model()).diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
    `No specified compiler can handle file ${name}`,
  ]);
});

test('a Windows library has an import library, and its users are linked with that', () => {
  const project = new ModelBuilder();
  const library = project.sharedLibrary('lib', ['lib.c'], {
    filename: 'liblib.dll',
    extraOutputs: ['liblib.dll.a'],
    importLibrary: 'liblib.dll.a',
  });
  project.executable('app', ['main.c'], { linkWith: [linkTo(library)] });
  const { graph } = planned(project.model());
  const commands = [...graph.actions.values()].flatMap(({ work, outputs }) =>
    work.kind === 'command' ? [{ line: work.argv.join(' '), outputs: outputs.length }] : [],
  );
  expect(commands.find(({ line }) => line.includes('-shared'))).toMatchObject({
    line: expect.stringContaining('-Wl,--out-implib=liblib.dll.a'),
    outputs: 2,
  });
  const linked = commands.find(({ line }) => line.includes('-o app '))?.line;
  expect(linked).toContain(' liblib.dll.a');
  expect(linked).not.toContain(' liblib.dll ');
});

test('a library that is linked by name counts as the file that the linker finds', () => {
  const project = new ModelBuilder();
  project.executable('app', ['main.c'], {
    linkArgs: ['-L/opt/lib', '-L/own/lib', '-Lsub', '-lown', '-l', 'both', '-lnone', '-linner'],
  });
  project.executable('still', ['main.c'], { linkArgs: ['-L/opt/lib', '-static', '-lboth'] });
  const files = [
    ...['/own/lib/libown.a', '/opt/lib/libboth.so', '/opt/lib/libboth.a', '/own/lib/libboth.so'],
    '/build/sub/libinner.a',
  ];
  const { inputs, systemLibraries } = planned(project.model(), {
    isFile: (path) => files.includes(path),
  });
  expect(inputs('app')).toEqual(['app.p/main.c.o', '/own/lib/libown.a', '/opt/lib/libboth.so']);
  expect(inputs('still')).toEqual([
    'still.p/main.c.o',
    '/opt/lib/libboth.so',
    '/opt/lib/libboth.a',
  ]);
  expect(systemLibraries).toEqual([
    ...['/own/lib/libown.a', '/opt/lib/libboth.so', '/opt/lib/libboth.a'],
  ]);
});

test('an object of a C source is linked as C, though other sources of its target are C++', () => {
  const text = `project('p', 'c', 'cpp')
e = executable('e', 'a.c', 'b.cpp')
shared_library('l', 'l.c', objects: e.extract_objects('a.c'))
shared_library('m', 'l.c', objects: e.extract_objects('b.cpp'))`;
  const { command } = plannedText({ 'meson.build': text, 'a.c': '', 'b.cpp': '', 'l.c': '' });
  expect(command('libl.so')).toMatch(/^cc /);
  expect(command('libm.so')).toMatch(/^c\+\+ /);
});
