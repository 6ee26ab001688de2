import { expect, test } from 'vitest';
import type { OptionValue } from '../../src/model/option.ts';
import type { Toolchain } from '../../src/model/toolchain.ts';
import { familyOf } from '../../src/toolchains/family.ts';

function toolchain(
  id: string,
  language: string,
  version: string,
  more: Partial<Toolchain> = {},
): Toolchain {
  return {
    language,
    id,
    machine: 'host',
    command: ['cc'],
    wrapper: [],
    version,
    fullVersion: `cc ${version}`,
    linker: { id: 'ld.bfd', version: '2.40', command: ['cc'] },
    archiver: { id: 'ar', command: ['gcc-ar'], deterministic: true, thin: true },
    facts: { 'machine.system': 'linux' },
    ...more,
  };
}

const looksUp = (options: Readonly<Record<string, OptionValue>>) => (name: string) => options[name];

test('gcc compiles as Meson writes it', () => {
  const { compile } = familyOf(toolchain('gcc', 'c', '12.2.0', { wrapper: ['ccache'] }));
  expect(
    compile.line({ args: ['-Wall'], source: '../a.c', output: 'a.o', depfile: 'a.o.d' }),
  ).toEqual([
    ...['ccache', 'cc', '-Wall', '-MD', '-MQ', 'a.o', '-MF', 'a.o.d', '-o', 'a.o', '-c', '../a.c'],
  ]);
});

test('options of the compiler come in the order of Meson', () => {
  const { compile } = familyOf(toolchain('gcc', 'cpp', '12.2.0'));
  const options = {
    b_lto: true,
    b_lto_threads: 4,
    b_colorout: 'always',
    b_sanitize: ['address', 'undefined'],
    b_pgo: 'use',
    b_coverage: true,
    b_ndebug: 'false',
  };
  expect(compile.base(looksUp(options))).toEqual([
    '-flto=4',
    '-fdiagnostics-color=always',
    '-fsanitize=address,undefined',
    '-fno-omit-frame-pointer',
    '-fprofile-use',
    '-fprofile-correction',
    '--coverage',
    '-D_GLIBCXX_ASSERTIONS=1',
  ]);
});

test('assertions go out of a release when b_ndebug says so', () => {
  const { compile } = familyOf(toolchain('gcc', 'c', '12.2.0'));
  const base = (buildtype: string) => compile.base(looksUp({ b_ndebug: 'if-release', buildtype }));
  expect(base('release')).toEqual(['-DNDEBUG']);
  expect(base('debug')).toEqual([]);
});

test('an old compiler gets the old name of a standard', () => {
  const std = (id: string, version: string) =>
    familyOf(toolchain(id, 'cpp', version)).compile.std(looksUp({ cpp_std: 'gnu++20' }));
  expect(std('gcc', '12.2.0')).toEqual(['-std=gnu++20']);
  expect(std('gcc', '9.1.0')).toEqual(['-std=gnu++2a']);
});

test('each version of a compiler has its own standards', () => {
  const choices = (id: string, version: string) => {
    const type = familyOf(toolchain(id, 'c', version)).options.find(
      ({ name }) => name === 'c_std',
    )?.type;
    return type?.kind === 'combo' ? type.choices : [];
  };
  expect(choices('gcc', '7.0.0')).toEqual(['none', 'c89', 'c99', 'c11', 'gnu89', 'gnu99', 'gnu11']);
  expect(choices('gcc', '14.1.0')).toContain('gnu23');
  expect(choices('clang', '14.0.6')).not.toContain('c23');
});

test('clang and gcc differ in what they write for size and everything', () => {
  const clang = familyOf(toolchain('clang', 'c', '14.0.6')).compile;
  const gcc = familyOf(toolchain('gcc', 'c', '12.2.0')).compile;
  expect([clang.optimization('s'), gcc.optimization('s')]).toEqual([['-Oz'], ['-Os']]);
  expect(clang.warnings('everything')).toEqual(['-Weverything']);
  expect(gcc.warnings('everything')).toContain('-Wduplicated-branches');
  expect(gcc.warnings('3')).toEqual(['-Wall', '-Winvalid-pch', '-Wextra', '-Wpedantic']);
});

test('a link is strict about missing symbols, except for modules', () => {
  const { link } = familyOf(toolchain('gcc', 'c', '12.2.0'));
  const base = (type: 'executable' | 'shared-module') =>
    link?.base(looksUp({ b_asneeded: true, b_lundef: true, werror: true }), {
      type,
      buildRoot: '/b',
    });
  expect(base('executable')).toEqual([
    ...['-Wl,--fatal-warnings', '-Wl,--as-needed', '-Wl,--no-undefined'],
  ]);
  expect(base('shared-module')?.at(-1)).toBe('-Wl,--allow-shlib-undefined');
});

test('a run-time path is relative to the target and leaves room for the installed one', () => {
  const { link } = familyOf(toolchain('gcc', 'c', '12.2.0'));
  const rpath = (installRpath: string) =>
    link?.rpath({
      buildRoot: '/b',
      from: 'app',
      folders: ['lib', 'app', '/opt/x'],
      buildRpath: '',
      installRpath,
    });
  expect(rpath('')?.args).toEqual(['-Wl,-rpath,$ORIGIN/../lib:$ORIGIN/:/opt/x']);
  expect(rpath('/a/very/long/path/that/is/longer/than/ours')?.args).toEqual([
    '-Wl,-rpath,$ORIGIN/../lib:$ORIGIN/:/opt/x:XXXXXXXXXXXX',
  ]);
  expect(rpath('')?.removedAtInstall).toEqual(['$ORIGIN/../lib', '$ORIGIN/', '/opt/x']);
});

test('a run-time path may lead out of the build directory', () => {
  const { link } = familyOf(toolchain('gcc', 'c', '12.2.0'));
  const where = { buildRoot: '/p/b', from: '', buildRpath: '', installRpath: '' };
  expect(link?.rpath({ ...where, folders: ['../prebuilt'] }).args).toEqual([
    '-Wl,-rpath,$ORIGIN/../prebuilt',
  ]);
});

test('archives inside the build are thin', () => {
  const { archive } = familyOf(toolchain('gcc', 'c', '12.2.0'));
  expect(archive?.line({ thin: true, output: 'liba.a', objects: ['a.o'] })).toEqual([
    ...['gcc-ar', 'csrDT', 'liba.a', 'a.o'],
  ]);
});

test('rustc hands words to its linker one by one', () => {
  const facts = {
    'machine.system': 'linux',
    'target-libdir': '/rust/lib',
    'native-static-libs': '-lgcc_s -lutil -lc',
  };
  const { compile, link, rust } = familyOf(
    toolchain('rustc', 'rust', '1.95.0', { command: ['rustc', '-C', 'linker=cc'], facts }),
  );
  expect(link?.soname('libfoo.so')).toEqual(['-C', 'link-arg=-Wl,-soname,libfoo.so']);
  expect(
    link?.rpath({ buildRoot: '/b', from: '', folders: [], buildRpath: '', installRpath: '' }).args,
  ).toEqual([...['-C', 'link-arg=-Wl,-rpath,/rust/lib']]);
  expect(compile.std(looksUp({ rust_std: '2021' }))).toEqual(['--edition=2021']);
  expect(rust?.nativeStaticLibraries).toEqual(['-lutil']);
  expect(rust?.libraryName('libfoo.a')).toBe('foo');
});

test('nasm makes objects of the machine', () => {
  const { compile } = familyOf(toolchain('nasm', 'nasm', '2.16', { command: ['nasm'] }));
  expect(compile.always).toEqual(['-f', 'elf64', '-DELF', '-D__x86_64__']);
});

test.each([
  [
    'llvm-flang',
    '18.1.0',
    ['-Wall'],
    ['-module-dir', 'a.p'],
    ['-lFortranRuntime', '-lFortranDecimal'],
  ],
  ['llvm-flang', '21.1.8', ['-Wall'], ['-module-dir', 'a.p'], []],
  ['flang', '9.0.1', ['-Minform=inform'], ['-module', 'a.p'], ['-lflang', '-lpgmath']],
] as const)('%s %s has arguments of its own', (id, version, warnings, modules, libraries) => {
  const { compile, link, options } = familyOf(toolchain(id, 'fortran', version));
  expect(compile.warnings('2')).toEqual(warnings);
  expect(compile.modules?.output('a.p')).toEqual(modules);
  expect(compile.check('compile')).toEqual(['-O0']);
  expect(link?.standardLibraryFor('fortran')).toEqual(libraries);
  expect(compile.suffixes).toContain('ll');
  expect(options.find(({ name }) => name === 'fortran_std')?.type).toEqual({
    kind: 'combo',
    choices: ['none'],
  });
});
