import { expect, test } from 'vitest';
import type { Language } from '../../src/model/toolchain.ts';
import { describeToolchain, detectToolchain } from '../../src/toolchains/detect/detect.ts';
import type { DetectRequest } from '../../src/toolchains/detect/request.ts';
import { findVersion } from '../../src/toolchains/detect/steps.ts';
import { familyOf } from '../../src/toolchains/family.ts';
import { elfFile } from '../support/elf-files.ts';
import { MemoryHost } from '../support/memory-host.ts';
import {
  detectRequest,
  installGcc,
  installRustc,
  linuxMachine,
} from '../support/stand-in-compilers.ts';

test('the first compiler of the list that is there is taken', () => {
  const host = new MemoryHost();
  installGcc(host, 'gcc');
  const found = detectToolchain(host, detectRequest('c'));
  expect(found.ok && describeToolchain(found.value)).toEqual([
    'C compiler for the host machine: gcc (gcc 12.2.0 "gcc (Debian 12.2.0-14) 12.2.0")',
    'C linker for the host machine: gcc ld.bfd 2.40',
  ]);
});

test('a named linker is asked for at every link', () => {
  const host = new MemoryHost();
  installGcc(host, 'cc', { linker: 'LLD 14.0.6 (compatible with GNU linkers)' });
  const found = detectToolchain(host, detectRequest('c', { c_ld: ['lld'] }));
  expect(found.ok && found.value.linker).toEqual({
    id: 'ld.lld',
    version: '14.0.6',
    command: ['cc'],
    alwaysArgs: ['-fuse-ld=lld'],
  });
});

test('where libraries are is asked with the arguments of the user, of which one moves them', () => {
  const host = new MemoryHost({ '/usr/lib/libc.so': '', '/board/lib/libc.so': '' });
  const isMoved = (argv: readonly string[]) => argv.includes('--sysroot=/board');
  installGcc(host, 'cc', {
    libraryFolder: (argv) => (isMoved(argv) ? '/board/lib' : '/usr/lib'),
  });
  const request = { ...detectRequest('c'), compileArgs: ['--sysroot=/board'] };
  const found = detectToolchain(host, request);
  expect(found.ok && found.value.facts['library-folders']).toBe('/board/lib');
});

test('of a compiler for Windows the folders of its programs are known, as libraries lie there', () => {
  const host = new MemoryHost({ '/usr/lib/libc.so': '', '/mingw/bin/gcc': '' });
  const libraryFolder = () => '/usr/lib\nprograms: =/mingw/bin/:/nowhere';
  installGcc(host, 'cc', { libraryFolder });
  const folders = (system: string) => {
    const machineInfo = { ...linuxMachine, system };
    const found = detectToolchain(host, detectRequest('c', {}, { machineInfo }));
    return found.ok ? found.value.facts['program-folders'] : found.error;
  };
  expect(folders('windows')).toBe('/mingw/bin');
  expect(folders('linux')).toBeUndefined();
});

test('ccache stands before a compiler nobody named, and before no other', () => {
  const host = new MemoryHost();
  installGcc(host, 'cc');
  host.program('ccache', () => 0);
  const wrapper = (binaries: Record<string, string[]>) => {
    const found = detectToolchain(host, detectRequest('c', binaries));
    return found.ok ? found.value.wrapper : found.error;
  };
  expect(wrapper({})).toEqual(['/usr/bin/ccache']);
  expect(wrapper({ c: ['cc'] })).toEqual([]);
  expect(wrapper({ c: ['ccache', 'cc'] })).toEqual(['/usr/bin/ccache']);
});

test('no cache stands before compilers of Fortran, as with Meson', () => {
  const host = new MemoryHost();
  installGcc(host, 'gfortran', {
    version:
      'GNU Fortran (Debian 12.2.0-14) 12.2.0\nCopyright (C) 2022 Free Software Foundation, Inc.\n',
  });
  host.program('ccache', () => 0);
  for (const binaries of [{}, { fortran: ['ccache', 'gfortran'] }])
    expect(detectToolchain(host, detectRequest('fortran', binaries))).toMatchObject({
      value: { command: ['gfortran'], wrapper: [] },
    });
});

test.each([
  ['flang version 21.1.8', 'OVERVIEW: flang LLVM compiler\n', 'llvm-flang'],
  ['flang-new version 17.0.6', '', 'llvm-flang'],
  ['clang version 9.0.1 (https://github.com/flang-compiler)', 'OVERVIEW: clang\n', 'flang'],
])('a compiler of Fortran that says %j of itself is known', (version, help, id) => {
  const host = new MemoryHost();
  installGcc(host, 'flang', { version: `${version}\n`, help });
  const found = detectToolchain(host, detectRequest('fortran', { fortran: ['flang'] }));
  expect(found).toMatchObject({
    value: { id, fullVersion: version, archiver: { command: ['ar'] } },
  });
});

test('no compiler at all is told with all that were tried', () => {
  const found = detectToolchain(new MemoryHost(), detectRequest('rust'));
  expect(found.ok ? '' : found.error.message).toBe(
    "Unknown compiler(s): [['rustc']]\nThe following exception(s) were encountered:\nRunning `rustc --version` gave \"[Errno 2] No such file or directory: 'rustc'\"",
  );
});

test('rustc without a C compiler is no missing rustc: the hint says what it links by', () => {
  const host = new MemoryHost();
  host.program('rustc', () => 'rustc 1.95.0\n');
  const hint = (cross: boolean) => {
    const found = detectToolchain(host, detectRequest('rust', { rust: ['rustc'] }, { cross }));
    return found.ok ? undefined : found.error.hint;
  };
  expect(hint(true)).toBe(
    'rustc links by a C compiler. Name the one for that machine under [binaries], as c = or as rust_ld =.',
  );
  expect(hint(false)).toMatch(
    /^rustc links by a C compiler\. Install it with "sudo apt install gcc/,
  );
});

test('a compiler of which only the name is wanted has the options of the whole one', () => {
  const host = new MemoryHost();
  installRustc(host);
  for (const name of ['cc', 'c++']) installGcc(host, name);
  const optionsOf = (language: Language, onlyNamed: boolean) => {
    const found = detectToolchain(host, detectRequest(language, {}, { onlyNamed }));
    if (!found.ok) return found.error;
    const { options, baseOptions } = familyOf(found.value);
    return { options, baseOptions };
  };
  for (const language of ['c', 'cpp', 'rust'] as const)
    expect(optionsOf(language, true)).toEqual(optionsOf(language, false));
});

test('a cross build takes no compiler by itself', () => {
  const host = new MemoryHost();
  installGcc(host, 'cc');
  const found = detectToolchain(host, detectRequest('c', {}, { cross: true }));
  expect(found.ok ? '' : found.error.message).toBe(
    "'c' compiler binary not defined in cross file [binaries] section",
  );
});

test.each([
  ['gcc (Debian 12.2.0-14) 12.2.0', '12.2.0'],
  ['(Sourcery CodeBench Lite 2014.05-29) 4.8.3 20140320 (prerelease)', '4.8.3'],
  ['GNU ld (GNU Binutils for Debian) 2.40', '2.40'],
  ['foo 2020.01.100 bar', '2020.01.100'],
  ['nothing', 'unknown version'],
])('the version in %j is %s', (text, version) => {
  expect(findVersion(text)).toBe(version);
});

test('nasm has the linker of the C compiler, as nothing else links what it makes', () => {
  const host = new MemoryHost();
  installGcc(host, 'cc');
  host.program('nasm', () => 'NASM version 2.16.01 compiled on Jan  1 2023\n');
  const found = detectToolchain(host, detectRequest('nasm'));
  expect(found.ok && describeToolchain(found.value)).toEqual([
    'Nasm compiler for the host machine: nasm (nasm 2.16.01)',
    'Nasm linker for the host machine: cc ld.bfd 2.40',
  ]);
});

test('a compiler that cannot make programs is refused, and what it lacks is told', () => {
  const host = new MemoryHost();
  installGcc(host, 'cc', { accepts: (argv) => !argv.includes('-m32') });
  const c = (more: Partial<DetectRequest>) => {
    const found = detectToolchain(host, detectRequest('c', { c: ['cc', '-m32'] }, more));
    return found.ok ? found.value.command : found.error.message;
  };
  expect(c({})).toBe('Compiler cc -m32 cannot compile programs.');
  expect(c({ binary: () => undefined })).toEqual(['cc']);
});

test('a program is linked whole where files do not show that it can be', () => {
  const tried = (files: Readonly<Record<string, Uint8Array>>, lacksSystem = false) => {
    const host = new MemoryHost();
    host.files.makeDirectory('/usr/lib');
    for (const [name, bytes] of Object.entries(files)) host.files.write(`/usr/lib/${name}`, bytes);
    installGcc(host, 'cc', {
      macros: '#define __x86_64__ 1\n#define __ELF__ 1\n',
      accepts: (argv) => argv.includes('-nostdlib') || !lacksSystem,
    });
    const found = detectToolchain(host, detectRequest('c'));
    const links = host.processes.started.filter(({ argv }) => argv.includes('-xassembler'));
    return { found: found.ok, linked: links.map(({ argv }) => argv.includes('-nostdlib')) };
  };
  const objects = ['crt1.o', 'Scrt1.o', 'crti.o', 'crtn.o', 'crtbegin.o', 'crtbeginS.o'];
  const libraries = ['libc.so', 'libgcc_s.so', 'libgcc.so'];
  const all = Object.fromEntries([
    ...objects.map((name) => [name, elfFile({ type: 1 })] as const),
    ...libraries.map((name) => [name, elfFile()] as const),
  ]);
  expect(tried(all)).toEqual({ found: true, linked: [true] });
  expect(tried({})).toEqual({ found: true, linked: [true, false] });
  expect(tried({ ...all, 'crti.o': elfFile({ type: 1, machine: 3 }) }, true)).toEqual({
    ...{ found: false, linked: [true, false] },
  });
});

test('a language that kaon does not build is said so where its compiler is there', () => {
  const host = new MemoryHost();
  const hint = () => {
    const found = detectToolchain(host, detectRequest('swift'));
    return found.ok ? 'found' : found.error.hint;
  };
  expect(hint()).toBeUndefined();
  host.program('swiftc', () => 'Swift version 5.10\n');
  expect(hint()).toBe('kaon does not build Swift yet');
});

test('the folder of the sources may choose another Rust compiler, which is then known by its path', () => {
  const host = new MemoryHost({ '/w/rust-toolchain.toml': '', '/old/bin/rustc': '' });
  installGcc(host, 'cc');
  const rustc = (sysroot: string, version: string) => (argv: readonly string[]) => ({
    stdout: argv.includes('--version') ? `rustc ${version}\n` : `${sysroot}\n`,
  });
  host.program('rustc', (launch) =>
    launch.workingDirectory === '/w'
      ? rustc('/old', '1.70.0')(launch.argv)
      : rustc('/new', '1.95.0')(launch.argv),
  );
  host.program('/old/bin/rustc', ({ argv }) => rustc('/old', '1.70.0')(argv));
  const found = (sourceFolder: string) => {
    const toolchain = detectToolchain(host, { ...detectRequest('rust'), sourceFolder });
    return toolchain.ok && [toolchain.value.command[0], toolchain.value.version];
  };
  expect(found('/w')).toEqual(['/old/bin/rustc', '1.70.0']);
  expect(found('/elsewhere')).toEqual(['rustc', '1.95.0']);
});

test('what is no linker, or lets none be found, is told', () => {
  const host = new MemoryHost();
  installGcc(host, 'cc', { linker: '', accepts: (argv) => !argv.includes('-nosuch') });
  const c = (
    binaries: Readonly<Record<string, readonly string[]>>,
    linkArgs: readonly string[],
  ) => {
    const found = detectToolchain(host, detectRequest('c', binaries, { linkArgs }));
    return found.ok ? found.value.command : found.error.message;
  };
  expect(c({ c_ld: ['nosuch'] }, [])).toBe(
    'Unsupported linker, only bfd, eld, gold, and lld are supported, not nosuch.',
  );
  expect(c({ c: ['cc'] }, ['-nosuch'])).toMatch(
    /^Unable to detect linker for compiler `cc -Wl,--version -nosuch`\nstdout: \n/,
  );
});

test('rustc without the standard library of its target makes no programs', () => {
  const host = new MemoryHost();
  installGcc(host, 'cc', {});
  host.program('rustc', ({ argv }) =>
    argv.includes('--version')
      ? { stdout: 'rustc 1.95.0\n' }
      : argv.includes('-')
        ? { exitCode: 1, stderr: '= note: the `wasm32-wasip1` target may not be installed\n' }
        : { stdout: '/sysroot\n/sysroot/lib\n' },
  );
  const command = ['rustc', '--target', 'wasm32-wasip1'];
  const found = detectToolchain(host, detectRequest('rust', { rust: command }));
  expect(found).toMatchObject({
    error: {
      message: 'Compiler rustc --target wasm32-wasip1 -C linker=cc cannot compile programs.',
      hint: expect.stringContaining('rustup target add wasm32-wasip1'),
    },
  });
});

test('tools beside rustc are told with where they lie', () => {
  const host = new MemoryHost();
  installRustc(host);
  const rustdoc = () => {
    const found = detectToolchain(host, detectRequest('rust'));
    return found.ok && found.value.facts['rustdoc'];
  };
  expect(rustdoc()).toBe('');
  host.program('rustdoc', () => 0);
  expect(rustdoc()).toMatch(/^\/usr\/bin\/rustdoc$|^\/usr\/bin\/rustdoc\n/);
});
