import { expect, test } from 'vitest';
import { plannedText } from '../../support/plan-text.ts';

const project = "project('p', 'vala', 'c')\n";

test('all Vala sources of a program are written as C at once, and that is compiled', () => {
  const { command, inputs } = plannedText({
    'meson.build': `${project}executable('app', 'main.vala', 'sub/part.gs', 'own.vapi', vala_args: '--foo')`,
    'main.vala': '',
    'sub/part.gs': '',
    'own.vapi': '',
  });
  expect(command('app.p/main.c')).toBe(
    'valac --depfile app.p/app.depfile -C --debug --color=always --directory app.p --basedir ../ --foo ../own.vapi ../main.vala ../sub/part.gs',
  );
  expect(inputs('app.p/sub/part.c')).toContain('../sub/part.gs');
  expect(command('app')).toContain(
    'app.p/meson-generated_main.c.o app.p/meson-generated_sub_part.c.o',
  );
});

test('sources in Vala that something makes come after those at hand, wherever they are listed', () => {
  const { command } = plannedText({
    'meson.build': `${project}made = custom_target(output: 'version.vala', command: [find_program('valac'), '@OUTPUT@'])
executable('app', made, 'main.vala')`,
    'main.vala': '',
  });
  expect(command('app.p/main.c')).toMatch(/\.\.\/main\.vala version\.vala$/);
  expect(command('app')).toContain(
    'app.p/meson-generated_main.c.o app.p/meson-generated_build_version.c.o',
  );
});

test('a library in Vala has a header and an interface, which its users wait for', () => {
  const { command, inputs, orderOnly, action, model } = plannedText({
    'meson.build': `${project}lib = shared_library('foo', 'foo.vala', vala_gir: 'Foo-1.0.gir')
executable('app', 'main.vala', 'glue.c', link_with: lib)`,
    'foo.vala': '',
    'main.vala': '',
    'glue.c': '',
  });
  const interfaces = '--header foo.h --vapi ../foo.vapi --gir ../Foo-1.0.gir';
  expect(command('foo.vapi')).toContain(
    `--library foo ${interfaces} --shared-library libfoo.so ../foo.vala`,
  );
  expect(action('foo.h')).toBe(action('Foo-1.0.gir'));
  expect(inputs('app.p/main.c')).toContain('foo.vapi');
  expect(command('app.p/main.c')).toMatch(/\.\.\/main\.vala foo\.vapi$/);
  expect(orderOnly('app.p/glue.c.o')).toContain('foo.h');
  const [library] = model.targets.values();
  expect(library?.kind === 'build' && library.extraOutputs).toEqual([
    'foo.h',
    'foo.vapi',
    'Foo-1.0.gir',
  ]);
});

test('only the shared half of both libraries writes the header', () => {
  const { command, files } = plannedText({
    'meson.build': `${project}both_libraries('foo', 'foo.vala', install_dir: [false, 'inc', false], install: true)`,
    'foo.vala': '',
  });
  expect(files().filter((path) => path.endsWith('foo.h'))).toEqual(['foo.h']);
  expect(command('libfoo.a')).toContain('libfoo.so.p/meson-generated_foo.c.o');
});

test('packages are told by name, and GLib by the version that the build file asks for', () => {
  const { command } = plannedText(
    {
      'meson.build': `${project}executable('app', 'main.vala', include_directories: 'inc', dependencies: dependency('glib-2.0', version: '>= 2.50'))`,
      'main.vala': '',
      'inc/x.h': '',
    },
    {
      'pkg-config': (argv) => {
        if (argv.includes('--cflags')) return '-I/usr/include/glib-2.0\n';
        if (argv.includes('--libs')) return '-lglib-2.0\n';
        return argv.includes('--modversion') ? '2.74.6\n' : '1.8.1\n';
      },
    },
  );
  expect(command('app.p/main.c')).toContain('--debug --pkg glib-2.0 --target-glib 2.50 --color');
  // Include directories mean nothing to valac.
  expect(command('app.p/main.c')).not.toContain('inc');
  expect(command('app.p/meson-generated_main.c.o')).toContain('-I/usr/include/glib-2.0');
});

test('templates among the resources of a target are checked against its sources', () => {
  const { command, action } = plannedText(
    {
      'meson.build': `project('p', 'vala', 'c')
resources = import('gnome').compile_resources('r', 'r.xml', source_dir: 'ui')
executable('app', 'main.vala', resources)`,
      'main.vala': '',
      'r.xml': '',
    },
    { 'glib-compile-resources': () => '' },
  );
  expect(command('app.p/main.c')).toContain(
    '--gresources=../r.xml --gresourcesdir=../ui --gresourcesdir=..',
  );
  expect(action('app.p/main.c').inputs.length).toBe(2);
});
