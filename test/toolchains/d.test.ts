import { expect, test } from 'vitest';
import { nativeArgs } from '../../src/toolchains/d/native-args.ts';
import { describeToolchain, detectToolchain } from '../../src/toolchains/detect/detect.ts';
import { familyOf } from '../../src/toolchains/family.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { detectRequest, installGcc, installLdc } from '../support/stand-in-compilers.ts';

test('LDC comes before gdc, unless another is named', () => {
  const host = new MemoryHost();
  installLdc(host);
  installGcc(host, 'gdc');
  const found = (binaries: Record<string, string[]> = {}) => {
    const toolchain = detectToolchain(host, detectRequest('d', binaries));
    return toolchain.ok ? describeToolchain(toolchain.value) : toolchain.error;
  };
  expect(found()).toEqual([
    'D compiler for the host machine: ldc2 (llvm 2.100.1 "LDC - the LLVM D compiler (1.30.0):")',
    'D linker for the host machine: ldc2 ld.bfd 2.40',
  ]);
  expect(found({ d: ['gdc'] })).toEqual([
    'D compiler for the host machine: gdc (gcc 12.2.0 "gdc (Debian 12.2.0-14) 12.2.0")',
    'D linker for the host machine: gdc ld.bfd 2.40',
  ]);
});

test('what only looks like DMD is refused', () => {
  const found = detectToolchain(new MemoryHost(), detectRequest('d', { d: ['ldmd2'] }));
  expect(found.ok ? '' : found.error.message).toBe(
    'Meson does not support ldmd2 as it is only a DMD frontend for another compiler.Please provide a valid value for DC or unset it so that Meson can resolve the compiler by itself.',
  );
});

test('DMD is told from others by who made it', () => {
  const host = new MemoryHost();
  host.program('dmd', ({ argv }) =>
    argv.includes('--version')
      ? 'DMD64 D Compiler v2.108.0\nCopyright (C) 1999-2024 by The D Language Foundation\n'
      : argv.includes('-L=--version')
        ? 'GNU ld (GNU Binutils) 2.40\n'
        : 0,
  );
  const found = detectToolchain(host, detectRequest('d'));
  if (!found.ok) throw new Error(found.error.message);
  expect(found.value).toMatchObject({ id: 'dmd', version: '2.108.0' });
  const { compile, link } = familyOf(found.value);
  expect(compile.base((name) => (name === 'b_ndebug' ? 'true' : undefined))).toEqual(['-release']);
  expect(compile.optimization('2')).toEqual(['-O', '-inline']);
  expect(link?.sharedLibrary).toEqual(['-shared', '-defaultlib=libphobos2.so']);
});

test('warnings of gdc stay warnings, those of LDC do not', () => {
  const werror = (name: string) => {
    const host = new MemoryHost();
    installLdc(host);
    installGcc(host, 'gdc');
    const found = detectToolchain(host, detectRequest('d', { d: [name] }));
    return found.ok && familyOf(found.value).compile.werror;
  };
  expect(werror('gdc')).toEqual([]);
  expect(werror('ldc2')).toEqual(['-w']);
});

test('an old front end writes no depfiles', () => {
  const depfile = (frontEnd: string) => {
    const host = new MemoryHost();
    installLdc(host, { frontEnd });
    const found = detectToolchain(host, detectRequest('d'));
    return found.ok && familyOf(found.value).compile.depfile?.('a.o', 'a.o.deps');
  };
  expect(depfile('2.095.0')).toEqual(['-makedeps=a.o.deps']);
  expect(depfile('2.094.2')).toBeUndefined();
});

test('the highest level of conditions counts, names come first', () => {
  const host = new MemoryHost();
  installLdc(host);
  const found = detectToolchain(host, detectRequest('d'));
  const features = found.ok ? familyOf(found.value).compile.features : undefined;
  const debug = ['4', 'Ident', '2'];
  expect(features?.({ unittest: true, debug, versions: ['3'], importFolders: ['data'] })).toEqual([
    ...['-unittest', '-d-debug=Ident', '-d-debug=4', '-d-version=3', '-Jdata'],
  ]);
});

test('arguments of C become those of LDC and DMD', () => {
  const native = (text: string) => nativeArgs(text.split(' '), 'linux').join(' ');
  expect(native('-pthread -fstack-protector-strong -DX=1 -Dddoc')).toBe('-Dddoc');
  expect(native('-Wl,-rpath,/x -lfoo libx.a libx.so')).toBe(
    '-L=-rpath -L=/x -L=-lfoo -L=libx.a libx.so',
  );
  expect(native('-isystem/a -idirafter=/b')).toBe('-I/a -I=/b');
  // A folder is one more -L away; what has been translated stays.
  expect(native('-L/lib -L-L/lib -L=-rpath -L=/x -L=-soname -L=libx.so.1')).toBe(
    '-L=-L/lib -L-L/lib -L=-rpath -L=/x -L=-soname -L=libx.so.1',
  );
  expect(native('-link-defaultlib-shared -linker=lld')).toBe('-link-defaultlib-shared -linker=lld');
});
