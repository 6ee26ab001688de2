import { expect, test } from 'vitest';
import { builtFile, sourceFile } from '../../src/model/file.ts';
import { linkTo, ModelBuilder, outputOf } from '../support/model.ts';
import { planned } from '../support/plan.ts';
import { plannedText } from '../support/plan-text.ts';

const flags = '-fdiagnostics-color=always -D_FILE_OFFSET_BITS=64 -Wall -Winvalid-pch -O0 -g';
const dep = (object: string): string => `-MD -MQ ${object} -MF ${object}.d -o ${object}`;

const include = (...paths: string[]) => ({
  paths,
  system: false,
  sourceOnly: false,
  buildPaths: [],
});

test('a source is compiled with the arguments of Meson, in its order', () => {
  const project = new ModelBuilder();
  project.executable('app', ['main.c']);
  const { command, action } = planned(project.model());
  expect(command('app.p/main.c.o')).toBe(
    `cc -Iapp.p -I. -I.. ${flags} ${dep('app.p/main.c.o')} -c ../main.c`,
  );
  expect(action('app.p/main.c.o')).toMatchObject({
    rule: 'c_COMPILER',
    description: 'Compiling C object app.p/main.c.o',
    depfile: { path: 'app.p/main.c.o.d', format: 'make' },
  });
});

test('include directories are looked up in both trees, where the build tree has them', () => {
  const project = new ModelBuilder();
  project.staticLibrary('st', ['st.c'], {
    includeDirectories: [include('inc', 'sub')],
    compileArgs: new Map([['c', ['-DX="a\\b"']]]),
  });
  const model = project.model({
    buildFiles: [sourceFile('meson.build'), sourceFile('sub/meson.build')],
  });
  expect(planned(model).command('libst.a.p/st.c.o')).toBe(
    `cc -Ilibst.a.p -I. -I.. -I../inc -Isub -I../sub ${flags} -fPIC -DX="a\\\\b" ${dep('libst.a.p/st.c.o')} -c ../st.c`,
  );
});

test('of the build tree, folders that configuring makes count, and those that are there already', () => {
  const project = new ModelBuilder();
  project.staticLibrary('st', ['st.c'], { includeDirectories: [include('read', 'made')] });
  const model = project.model({
    // A file that configuring reads makes no folder.
    buildFiles: [sourceFile('meson.build'), sourceFile('read/input.h')],
  });
  const { command } = planned(model, { isBuildFolder: (path) => path === 'made' });
  expect(command('libst.a.p/st.c.o')).toContain('-I../read -Imade -I../made');
});

test('dependencies give arguments to compiling and linking; the first include directory stays first', () => {
  const project = new ModelBuilder();
  const inner = project.dependency({ compileArgs: ['-DINNER', '-Iinner'] });
  const outer = project.dependency({
    compileArgs: ['-DDEP', '-Ifoo'],
    linkArgs: ['-lm', '-Lbar', '-lfoo'],
    dependencies: [inner],
  });
  project.executable('app', ['main.c'], { dependencies: [outer] });
  const { command } = planned(project.model());
  expect(command('app.p/main.c.o')).toContain(`-I.. -Ifoo -Iinner ${flags} -DINNER -DDEP -MD`);
  expect(command('app')).toBe(
    'cc -o app app.p/main.c.o -Wl,--as-needed -Wl,--no-undefined -Wl,--start-group -lm -Lbar -lfoo -Wl,--end-group',
  );
});

test('include directories of a system dependency come last and with -isystem', () => {
  const project = new ModelBuilder();
  const dependency = project.dependency({
    includeType: 'system',
    includeDirectories: [include('inc')],
    compileArgs: ['-I/opt/include'],
  });
  project.executable('app', ['main.c'], { dependencies: [dependency] });
  expect(planned(project.model()).command('app.p/main.c.o')).toContain(
    '-g -isystem/opt/include -isystem../inc -MD',
  );
});

test('generated sources are compiled first, after all generated headers exist', () => {
  const project = new ModelBuilder();
  const gen = project.customTarget('gen', ['gen.h', 'gen.c'], {
    command: [{ kind: 'text', text: 'touch' }],
  });
  project.staticLibrary('st', ['st.c', outputOf(gen, 0), outputOf(gen, 1)]);
  const { command, inputs, orderOnly } = planned(project.model());
  expect(inputs('libst.a')).toEqual(['libst.a.p/meson-generated_.._gen.c.o', 'libst.a.p/st.c.o']);
  expect(orderOnly('libst.a.p/st.c.o')).toEqual(['gen.h']);
  expect(command('libst.a.p/meson-generated_.._gen.c.o')).toContain('-c gen.c');
});

test('objects are named after the way from the target to the source', () => {
  const project = new ModelBuilder();
  project.executable(
    'app',
    ['sub/a.c', 'up.c', '/abs/b.c', { kind: 'file', file: builtFile('sub/conf.c') }],
    {
      subdir: 'sub',
      buildSubdir: 'sub',
    },
  );
  expect(planned(project.model()).inputs('sub/app')).toEqual([
    'sub/app.p/a.c.o',
    'sub/app.p/.._up.c.o',
    'sub/app.p/_abs_b.c.o',
    'sub/app.p/meson-generated_.._conf.c.o',
  ]);
});

test('a file that several compilers take goes to the plainest one', () => {
  const project = new ModelBuilder();
  project.executable('app', ['asm.S', 'x.cpp', 'main.c'], { languages: ['cpp', 'c'] });
  const { command } = planned(project.model());
  expect(command('app.p/asm.S.o')).toMatch(/^cc /);
  expect(command('app.p/x.cpp.o')).toMatch(/^c\+\+ .*-D_GLIBCXX_ASSERTIONS=1/);
  expect(command('app')).toMatch(/^c\+\+ -o app/);
});

test('a precompiled header is compiled ahead and named before everything else', () => {
  const project = new ModelBuilder();
  project.executable('app', ['main.c'], {
    precompiledHeaders: new Map([['c', [sourceFile('pch/app.h')]]]),
  });
  const { command, inputs } = planned(project.model());
  expect(command('app.p/app.h.gch')).toBe(
    `cc -Iapp.p -I. -I.. ${flags} ${dep('app.p/app.h.gch')} -c ../pch/app.h`,
  );
  expect(command('app.p/main.c.o')).toBe(
    `cc -Iapp.p -I. -I.. -fdiagnostics-color=always -fpch-preprocess -include app.h -D_FILE_OFFSET_BITS=64 -Wall -Winvalid-pch -O0 -g ${dep('app.p/main.c.o')} -c ../main.c`,
  );
  expect(inputs('app.p/main.c.o')).toEqual(['../main.c', 'app.p/app.h.gch']);
});

test('a unity build joins sources, but not assembler', () => {
  const project = new ModelBuilder().option('unity', 'on').option('unity_size', 2);
  project.executable('app', ['a.c', 'b.c', 'c.c', 'd.S']);
  const { inputs, action } = planned(project.model());
  expect(inputs('app')).toEqual([
    'app.p/d.S.o',
    'app.p/meson-generated_app-unity0.c.o',
    'app.p/meson-generated_app-unity1.c.o',
  ]);
  expect(action('app.p/app-unity0.c').work).toMatchObject({
    content: '#include</project/a.c>\n#include</project/b.c>\n',
  });
});

test('generated headers of a linked library wait for its generators', () => {
  const project = new ModelBuilder();
  const list = project.generatedList({
    outputs: ['@BASENAME@.h'],
    inputs: [{ kind: 'file', file: sourceFile('x.in') }],
  });
  const library = project.staticLibrary('lib', ['lib.c', list]);
  project.executable('app', ['main.c'], { linkWith: [linkTo(library)] });
  expect(planned(project.model()).orderOnly('app.p/main.c.o')).toEqual(['liblib.a.p/x.h']);
});

test('what a dependency wants of executables concerns no library', () => {
  const project = new ModelBuilder();
  const qt = project.dependency({ compileArgs: ['-DQT'], executableArgs: ['-fEXE'] });
  project.executable('app', ['main.c'], { dependencies: [qt] });
  project.staticLibrary('st', ['st.c'], { dependencies: [qt] });
  const { command } = planned(project.model());
  expect(command('app.p/main.c.o')).toContain('-DQT -fEXE');
  expect(command('libst.a.p/st.c.o')).not.toContain('-fEXE');
});

test.each([
  [
    "project('p', 'c', 'nasm')\nstatic_library('a', 'x.asm')",
    ['-I/project/build/liba.a.p', '-I/project/build', '-I/project'],
  ],
  ["project('p', 'java')\njar('a', 'A.java')", ['-sourcepath', '/project:/project/build']],
])('IDEs are told of folders from the root: %s', (text, folders) => {
  const { targets } = plannedText({ 'meson.build': text, 'x.asm': '', 'A.java': '' });
  const { parameters = [] } = [...targets.values()][0]?.compilations[0] ?? {};
  expect(parameters).toEqual(expect.arrayContaining(folders));
});

test('arguments and dependencies of the project come in the order in which they were added', () => {
  const text = `project('p', 'c')
add_project_arguments('-DFIRST', language: 'c')
inner = declare_dependency(compile_args: '-DINNER', include_directories: 'inc')
add_project_dependencies(declare_dependency(compile_args: '-DOUTER', dependencies: inner), language: 'c')
add_project_arguments('-DLAST', language: 'c')
executable('app', 'a.c')`;
  const { command } = plannedText({ 'meson.build': text, 'a.c': '', 'inc/x.h': '' });
  expect(command('app.p/a.c.o')).toContain('-DFIRST -DOUTER -DINNER -DLAST');
  expect(command('app.p/a.c.o')).toContain('-I/project/inc');
});

test('in a flat layout build_subdir is a folder of the one folder for all', () => {
  const text = `project('p', 'c', default_options: 'layout=flat')
l = shared_library('l', 'l.c', build_subdir: 'below')
executable('app', 'a.c', link_with: l)
custom_target('t', output: 't.txt', command: ['echo'], capture: true, build_subdir: 'other')`;
  const sources = { 'meson.build': text, 'a.c': '', 'l.c': '' };
  const { command, files } = plannedText(sources, { echo: () => '' });
  const folders = '-Imeson-out/below/libl.so.p -Ibelow -I..';
  expect(command('meson-out/below/libl.so.p/l.c.o')).toContain(folders);
  expect(command('meson-out/app')).toContain('-Wl,-rpath,$ORIGIN/:$ORIGIN/below');
  expect(files()).toContain('meson-out/other/t.txt');
});
