import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { installGcc, installRustc } from '../../support/stand-in-compilers.ts';

const generated = (text: string, file: string): string => {
  const { error, host } = evaluateText(
    `project('test', version: '1.2')\npkg = import('pkgconfig')\n${text}`,
  );
  expect(error).toBeUndefined();
  return host.read(`/build/${file}`);
};

test('a .pc file names what users need', () => {
  const text = generated(
    "pkg.generate(name: 'foo', description: 'Foo', libraries: ['-lm', '-lm'], requires: 'bar >=2', subdirs: 'foo', url: 'u')",
    'meson-private/foo.pc',
  );
  expect(text).toBe(
    [
      ...['prefix=/usr/local', 'includedir=${prefix}/include', 'libdir=${prefix}/lib'],
      ...['', 'Name: foo', 'Description: Foo', 'URL: u', 'Version: 1.2', 'Requires: bar >= 2'],
      ...['Libs: -lm', 'Cflags: -I${includedir}/foo', ''],
    ].join('\n'),
  );
});

test('folders of headers are named without slashes that mean nothing', () => {
  const text = generated(
    "pkg.generate(name: 'foo', description: 'Foo', subdirs: ['foo-1', 'foo-1/', './a//b'])",
    'meson-private/foo.pc',
  );
  expect(text).toContain(
    'Cflags: -I${includedir}/foo-1 -I${includedir}/foo-1 -I${includedir}/a/b\n',
  );
});

test('a relocatable file finds its prefix from where it lies', () => {
  const { host } = evaluateText(
    "project('test', version: '1', default_options: ['pkgconfig.relocatable=true'])\nimport('pkgconfig').generate(name: 'foo', description: 'Foo', variables: 'x=${prefix}')",
  );
  expect(host.read('/build/meson-private/foo.pc')).toContain('prefix=${pcfiledir}/../..\n');
});

test('a word that compilers and linkers take is among the flags of both', () => {
  const text = generated(
    "d = declare_dependency(compile_args: '-pthread')\npkg.generate(name: 'foo', description: 'Foo', libraries: ['-pthread', d])",
    'meson-private/foo.pc',
  );
  expect(text).toContain('Libs: -pthread\nCflags: -I${includedir} -pthread\n');
});

test('headers that are taken as the system’s are so in the file, too', () => {
  const text = generated(
    "d = declare_dependency(compile_args: '-I/opt/x').as_system()\npkg.generate(name: 'foo', description: 'Foo', libraries: d)",
    'meson-private/foo.pc',
  );
  expect(text).toContain('Cflags: -I${includedir} -isystem/opt/x\n');
});

test('what a static library needs is named in the order in which it was asked for', () => {
  const host = new MemoryHost({});
  installGcc(host);
  const { error } = evaluateText(
    {
      'meson.build': `project('test', 'c', version: '1')
deps = [declare_dependency(link_args: '-la', compile_args: '-DA'), declare_dependency(link_args: '-lb')]
import('pkgconfig').generate(static_library('foo', 'a.c', dependencies: deps, install: true), description: 'Foo')`,
      'a.c': '',
    },
    { host },
  );
  expect(error).toBeUndefined();
  const text = host.read('/build/meson-private/foo.pc');
  expect(text).toContain('Libs: -L${libdir} -lfoo -la -lb\nCflags: -I${includedir} -DA\n');
});

test('a DLL is linked by its import library, which lies among the libraries', () => {
  const host = new MemoryHost({});
  installGcc(host, 'mingw');
  const machine = "system = 'windows'\ncpu_family = 'x86_64'\ncpu = 'x86_64'\nendian = 'little'";
  const { error, model } = evaluateText(
    {
      'meson.build': `project('test', 'c', version: '1')
import('pkgconfig').generate(shared_library('foo', 'a.c', soversion: '', install: true), description: 'Foo')
shared_library('bar', 'a.c', install: true, install_dir: 'libexec')`,
      'cross.ini': `[binaries]\nc = 'mingw'\nar = 'ar'\n[properties]\nneeds_exe_wrapper = true\n[host_machine]\n${machine}`,
      'a.c': '',
    },
    { host, crossFiles: ['cross.ini'] },
  );
  expect(error).toBeUndefined();
  expect(host.read('/build/meson-private/foo.pc')).toContain('Libs: -L${libdir} -lfoo\n');
  expect(model?.installs).toMatchObject([{ destinations: ['lib/pkgconfig/foo.pc'] }]);
  expect([...(model?.targets.values() ?? [])]).toMatchObject([
    { filename: 'libfoo.dll', install: { directories: ['bin', 'lib'] } },
    { filename: 'libbar.dll', install: { directories: ['libexec', 'libexec'] } },
  ]);
});

test('a file lies beside its library where that has a folder of its own, be it installed or not', () => {
  const host = new MemoryHost({});
  installGcc(host);
  const { error, model } = evaluateText(
    {
      'meson.build': `project('test', 'c', version: '1')
foo = static_library('foo', 'a.c', install_dir: 'lib/own')
import('pkgconfig').generate(foo, description: 'Foo')
bar = static_library('bar', 'a.c', install: true, install_dir: 'lib')
import('pkgconfig').generate(bar, description: 'Bar')`,
      'a.c': '',
    },
    { host },
  );
  expect(error).toBeUndefined();
  expect(host.read('/build/meson-private/foo.pc')).toContain('Libs: -L${prefix}/lib/own -lfoo\n');
  expect(host.read('/build/meson-private/bar.pc')).toContain('Libs: -L${libdir} -lbar\n');
  const destinations = model?.installs.map((row) =>
    'destinations' in row ? row.destinations : [],
  );
  expect(destinations).toEqual([['lib/own/pkgconfig/foo.pc'], ['lib/pkgconfig/bar.pc']]);
});

test('a library that linkers may not find by its name is warned of', () => {
  const host = new MemoryHost({});
  installGcc(host);
  const { error, warnings } = evaluateText(
    {
      'meson.build': `project('test', 'c', version: '1')
pkg = import('pkgconfig')
pkg.generate(static_library('libfoo', 'a.c', name_prefix: ''), description: 'Foo', filebase: 'foo')
pkg.generate(shared_library('bar', 'a.c', name_prefix: 'lib', name_suffix: 'plugin'), description: 'Bar', filebase: 'b')`,
      'a.c': '',
    },
    { host },
  );
  expect(error).toBeUndefined();
  const told = (file: string) => [
    `WARNING: Library target 'bar' has 'name_prefix' set. Compilers may not find it from its '-lbar' linker flag in the '${file}' pkg-config file.`,
    `WARNING: Library target 'bar' has 'name_suffix' set. Compilers may not find it from its '-lbar' linker flag in the '${file}' pkg-config file.`,
  ];
  expect(warnings).toEqual([...told('b.pc'), ...told('b-uninstalled.pc')]);
  expect(host.read('/build/meson-private/foo.pc')).toContain('Libs: -L${libdir} -lfoo\n');
});

test('what an installed archive takes in is told of behind what it links', () => {
  const host = new MemoryHost({});
  installGcc(host);
  const { error } = evaluateText(
    {
      'meson.build': `project('test', 'c', version: '1')
pkg = import('pkgconfig')
main = static_library('main', 'a.c', install: true)
pkg.generate(main, description: 'Main')
inner = static_library('inner', 'a.c', dependencies: declare_dependency(link_args: '-linner'))
more = static_library('more', 'a.c', link_with: inner, dependencies: declare_dependency(link_with: static_library('other', 'a.c', install: true)), install: true)
pkg.generate(more, description: 'More')`,
      'a.c': '',
    },
    { host },
  );
  expect(error).toBeUndefined();
  expect(host.read('/build/meson-private/more.pc')).toContain(
    'Libs: -L${libdir} -lmore -linner -lother\n',
  );
});

test("who links a library that takes a crate in needs what Rust's own library needs", () => {
  const host = new MemoryHost({});
  installRustc(host);
  const { error } = evaluateText(
    {
      'meson.build': `project('test', 'c', 'rust', version: '1')
crate = static_library('crate', 'a.rs', rust_abi: 'c')
import('pkgconfig').generate(library('foo', 'a.c', link_with: crate), description: 'Foo')`,
      ...{ 'a.c': '', 'a.rs': '' },
    },
    { host },
  );
  expect(error).toBeUndefined();
  expect(host.read('/build/meson-private/foo.pc')).toContain('Libs.private: -lutil\n');
});

test('directories that variables use are defined', () => {
  const text = generated(
    "pkg.generate(name: 'foo', description: 'Foo', variables: ['x=${datadir}/a b'], dataonly: true)",
    'meson-private/foo.pc',
  );
  expect(text).toContain('prefix=/usr/local\ndatadir=${prefix}/share\n\nx=${datadir}/a\\ b\n');
});

test.each([
  [
    "pkg.generate(description: 'x')",
    "pkgconfig.generate: if a library is not passed as a positional argument, the 'name' keyword argument is required.",
  ],
  [
    "pkg.generate(name: 'x', description: 'x', variables: 'prefix=/')",
    'Variable "prefix" is reserved',
  ],
  [
    "pkg.generate(name: 'x', description: 'x', variables: '=/')",
    'pkgconfig.generate keyword argument "variables" empty variable name',
  ],
])('%s is refused', (text, message) => {
  const { error } = evaluateText(`pkg = import('pkgconfig')\n${text}`);
  expect(error).toContain(message);
});

test('who works in the build finds its packages with the pkg-config and the folders of setup', () => {
  const host = new MemoryHost();
  host.program('pkg-config', ({ argv }) => (argv.includes('--version') ? '1.8.1' : 1));
  const text =
    "project('test', version: '1')\nimport('pkgconfig').generate(name: 'foo', description: 'Foo')";
  const { model } = evaluateText(
    { 'meson.build': text },
    { host, commandLineOptions: [['pkg_config_path', '/opt/a:/opt/b']] },
  );
  expect(model?.devenv).toEqual([
    { kind: 'set', name: 'PKG_CONFIG_PATH', value: '/build/meson-uninstalled:/opt/a:/opt/b' },
    { kind: 'set', name: 'PKG_CONFIG', value: '/usr/bin/pkg-config' },
  ]);
});
