import { expect, test } from 'vitest';
import { plannedText } from '../../support/plan-text.ts';

/** A machine where GObject introspection and vapigen are. */
function withIntrospection(
  text: string,
  more: Readonly<Record<string, string>> = {},
  option = 'buildtype=debug',
) {
  const project = `project('p', 'c', default_options: '${option}')`;
  const files = { 'a.c': '', 'b.c': '', 'x.h': '', ...more };
  return plannedText(
    { ...files, 'meson.build': `${project}\ngnome = import('gnome')\n${text}` },
    {
      'pkg-config': (argv) => {
        if (argv.includes('--modversion')) return '1.74.0\n';
        if (argv.includes('--libs') && argv.includes('far')) return '-L/opt/far/lib -lfar';
        return argv.includes('--version') ? '1.8.1\n' : '';
      },
      'g-ir-scanner': () => '--extra-library --sources-top-dirs',
      'g-ir-compiler': () => '',
      vapigen: () => '',
      ...Object.fromEntries(
        ['glib-mkenums', 'itstool', 'msgmerge', 'msgfmt'].map((name) => [name, () => '']),
      ),
    },
  );
}

const described = "namespace: 'Foo', nsversion: '1.0', sources: 'x.h'";

/** What the scanner hands to its compiler. */
function flagsOf(command: string): string {
  return /--cflags-begin (.*)--cflags-end/.exec(command)?.[1]?.trim() ?? '';
}

test('a library is scanned with the arguments of the dependencies that it was declared with', () => {
  const { command } = withIntrospection(`
inner = declare_dependency(compile_args: ['-DINNER', '-Wall'])
outer = declare_dependency(compile_args: '-DOUTER', dependencies: inner)
gnome.generate_gir(library('foo', 'a.c', dependencies: outer), ${described})`);
  expect(flagsOf(command('Foo-1.0.gir'))).toMatch(/-DOUTER -DINNER$/);
});

test('what the user says to the compiler comes last for the scanner', () => {
  const { command } = withIntrospection(
    `
add_project_arguments('-DPROJECT', language: 'c')
given = declare_dependency(compile_args: '-DGIVEN')
gnome.generate_gir(library('foo', 'a.c', dependencies: given), ${described})`,
    {},
    'c_args=-DUSER',
  );
  expect(flagsOf(command('Foo-1.0.gir'))).toMatch(/^-DPROJECT .*-DGIVEN -DUSER$/);
});

test('a library without sources is scanned as what it is made of', () => {
  const { command } = withIntrospection(`
add_project_arguments('-DPROJECT', language: 'c')
part = static_library('part', 'a.c')
gnome.generate_gir(library('foo', link_whole: part), ${described})`);
  expect(flagsOf(command('Foo-1.0.gir'))).toContain('-DPROJECT');
});

test('folders of descriptions come in the order of need: those of the innermost first', () => {
  const { command } = withIntrospection(`
gir = gnome.generate_gir(library('foo', 'a.c'), ${described})
inner = declare_dependency(sources: gir, variables: {'girdir': '/inner'})
outer = declare_dependency(sources: gir, dependencies: inner, variables: {'girdir': '/outer'})
gnome.generate_gir(library('bar', 'b.c'), namespace: 'Bar', nsversion: '1.0', sources: 'x.h', dependencies: outer)`);
  const folders = [...command('Bar-1.0.gir').matchAll(/--add-include-path=(\S+)/g)];
  expect(folders.map(([, folder]) => folder)).toEqual(['/outer', '/inner', '/project/build']);
});

test('a library is scanned with the folders of shared libraries that only its rpath tells', () => {
  const { command } = withIntrospection(
    `
far = dependency('far')
part = static_library('part', 'b.c', dependencies: far)
gnome.generate_gir(library('foo', 'a.c', link_with: part), ${described})`,
    { '/opt/far/lib/libfar.so': '' },
  );
  expect(command('Foo-1.0.gir')).toContain('--library foo -L/opt/far/lib ');
});

test('vapigen is told of descriptions by their whole paths', () => {
  const { command, inputs } = withIntrospection(`
gir = gnome.generate_gir(library('foo', 'a.c'), ${described})
gnome.generate_vapi('foo', sources: gir[0])`);
  expect(command('foo.vapi')).toMatch(/\/project\/build\/Foo-1\.0\.gir$/);
  expect(inputs('foo.vapi')).toContain('Foo-1.0.gir');
});

test('who uses a description for Vala finds the headers of those that it needs', () => {
  const { model } = withIntrospection(`
gir = gnome.generate_gir(library('foo', 'a.c'), ${described})
inner = gnome.generate_vapi('foo', sources: gir[0])
gnome.generate_vapi('bar', sources: gir[0], packages: [inner, 'glib-2.0'])`);
  const folders = [...model.dependencies.values()].map(({ includeDirectories }) =>
    includeDirectories.flatMap(({ paths }) => paths),
  );
  expect(folders).toContainEqual(['', '/project/']);
});

test('headers of enums have no lines of blanks only', () => {
  const { command } = withIntrospection(
    "gnome.mkenums_simple('e', sources: 'x.h', header_prefix: '\\n#if A\\n#endif\\n')",
  );
  expect(command('e.h')).not.toMatch(/^ +$/m);
});

test('a translated page waits for its catalogue, and is at home in the folder of its language', () => {
  const { command, inputs, model } = withIntrospection("gnome.yelp('book', sources: 'i.page')", {
    ...{ LINGUAS: 'de', 'C/i.page': '', 'de/de.po': '' },
  });
  expect(command('de/i.page')).toContain('-m de/book-de.gmo --lang de');
  expect(inputs('de/i.page')).toContain('de/book-de.gmo');
  const places = [...model.targets.values()].map(({ name, subdir }) => [name, subdir]);
  expect(places).toEqual([
    ...[
      ['help-book-pot', 'C'],
      ['help-book-de-update-po', 'de'],
      ['help-book-de-gmo', 'de'],
    ],
    ...[
      ['help-book-de', 'de'],
      ['help-book-update-po', ''],
    ],
  ]);
});

test('the scanner looks for libraries in the order in which they are linked', () => {
  const { command } = withIntrospection(
    `
subdir('b')
subdir('c')
subdir('d')
gnome.generate_gir(library('foo', 'a.c', link_with: [c, d]), ${described})`,
    {
      'b/meson.build': "b = shared_library('b', '../b.c')",
      'c/meson.build': "c = shared_library('c', '../b.c', link_with: b)",
      'd/meson.build': "d = shared_library('d', '../b.c')",
    },
  );
  const folders = [...command('Foo-1.0.gir').matchAll(/-L\/project\/build\/(\w)(?= )/g)];
  expect(folders.map(([, folder]) => folder).join('')).toMatch(/^cbd/);
});

test('a source from elsewhere is told to the scanner by its whole path', () => {
  const { host } = withIntrospection(
    "gnome.generate_gir(library('foo', 'a.c'), namespace: 'Foo', nsversion: '1.0', sources: ['/usr/x.h', files('x.h')])",
    { '/usr/x.h': '' },
  );
  const list = host.files.readText('/project/build/libfoo.so.p/Foo_1.0_gir_filelist');
  expect(list).toMatchObject({ value: '/usr/x.h\n../x.h\n' });
});

test('a library of C++ that links one of C is scanned as C', () => {
  const { command } = withIntrospection(
    `
add_languages('cpp')
add_project_arguments('-DC', language: 'c')
add_project_arguments('-DCPP', language: 'cpp')
part = static_library('part', 'b.c')
gnome.generate_gir(library('foo', 'a.cpp', link_with: part), ${described})`,
    { 'a.cpp': '' },
  );
  expect(flagsOf(command('Foo-1.0.gir'))).toMatch(/-DC(?= |$)/);
  expect(flagsOf(command('Foo-1.0.gir'))).not.toContain('-DCPP');
});
