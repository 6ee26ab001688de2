import { expect, test } from 'vitest';
import { exportedNames } from '../../src/toolchains/checks/elf-file.ts';
import { linksByFiles } from '../../src/toolchains/checks/library-files.ts';
import { processMemory } from '../../src/toolchains/checks/memory.ts';
import { detectToolchain } from '../../src/toolchains/detect/detect.ts';
import { familyOf } from '../../src/toolchains/family.ts';
import { elfFile, sharedLibrary } from '../support/elf-files.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { detectRequest, installGcc } from '../support/stand-in-compilers.ts';

const intel = '#define __x86_64__ 1\n#define __ELF__ 1\n';
const searched = 'SEARCH_DIR("=/usr/lib"); SEARCH_DIR("/opt/lib");';

/** Whether one can link with a library of which there are these files. */
function links(
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  { linkArgs = [] as readonly string[], linker = 'GNU ld (GNU Binutils) 2.40' } = {},
): boolean | undefined {
  const host = new MemoryHost({ '/usr/lib/crt1.o': '' });
  for (const [path, content] of Object.entries(files)) {
    host.files.makeDirectory(path.slice(0, path.lastIndexOf('/')));
    host.files.write(path, content);
  }
  installGcc(host, 'cc', { macros: intel, searched, linker });
  const found = detectToolchain(host, detectRequest('c'));
  if (!found.ok) throw new Error(found.error.message);
  const checker = {
    ...{ host, family: familyOf(found.value), scratch: '/build/checks' },
    ...{ compileArgs: [], linkArgs, runner: [], property: () => undefined },
    memory: processMemory(),
  };
  return linksByFiles(checker, name);
}

test('a shared library of the right machine is one that can be linked with', () => {
  expect(links('foo', { '/usr/lib/libfoo.so': elfFile() })).toBe(true);
});

test('what a script around a compiler adds is not known', () => {
  const host = new MemoryHost({ '/usr/lib/crt1.o': '', '/usr/bin/wrapper': '#!/bin/sh\n' });
  host.files.write('/usr/lib/libfoo.so', elfFile());
  installGcc(host, 'cc', { macros: intel, searched });
  const found = detectToolchain(host, detectRequest('c'));
  if (!found.ok) throw new Error(found.error.message);
  host.files.setMode('/usr/bin/wrapper', 0o755);
  const told = (...command: readonly string[]) =>
    linksByFiles(
      { host, family: { toolchain: { ...found.value, command } }, compileArgs: [], linkArgs: [] },
      'foo',
    );
  expect(told('cc')).toBe(true);
  expect(told('wrapper')).toBeUndefined();
  expect(told('env', 'LIBRARY_PATH=/other', 'cc')).toBeUndefined();
});

test.each([
  ['one of another machine', elfFile({ machine: 183 })],
  ['an object', elfFile({ type: 1 })],
  ['a text', 'no linker reads this'],
  ['a script that does more than name files', 'SECTIONS { }'],
  ['a script that names what is not there', 'GROUP ( /usr/lib/libnone.so.1 )'],
])('%s is left to the linker', (_what, content) => {
  expect(links('foo', { '/usr/lib/libfoo.so': content })).toBeUndefined();
});

test('a script that names libraries is as good as they are', () => {
  const script = '/* GNU ld script */\nINPUT(libfoo.so.1 AS_NEEDED(-lbar))';
  const [foo, bar] = ['/usr/lib/libfoo.so.1', '/usr/lib/libbar.so'];
  const all = { '/usr/lib/libfoo.so': script, [foo]: elfFile(), [bar]: elfFile() };
  expect(links('foo', all)).toBe(true);
  expect(links('foo', { ...all, [bar]: 'nothing' })).toBeUndefined();
  expect(links('foo', { ...all, [bar]: 'INPUT(-lfoo)' })).toBeUndefined();
});

test('archives have an index and objects of the machine, or nothing at all', () => {
  const member = (name: string, bytes: Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.from(`${name.padEnd(48)}${String(bytes.length).padEnd(10)}\`\n`, 'latin1'),
      bytes,
    ]);
  const archive = (...members: readonly Buffer[]): Uint8Array =>
    new Uint8Array(Buffer.concat([Buffer.from('!<arch>\n'), ...members]));
  const object = member('foo.o/', elfFile({ type: 1 }));
  const index = member('/', new Uint8Array(4));
  const of = (content: Uint8Array) => links('foo', { '/usr/lib/libfoo.a': content });
  expect(of(archive())).toBe(true);
  expect(of(archive(index, object))).toBe(true);
  expect(of(archive(object))).toBeUndefined();
  expect(of(archive(index, member('foo.o/', elfFile({ machine: 3 }))))).toBeUndefined();
});

test('a library that is in no folder of compiler or linker is not there', () => {
  expect(links('foo', {})).toBe(false);
  expect(links('foo', { '/opt/lib/libfoo.so': elfFile() })).toBeUndefined();
});

test('other linkers, and arguments that change what is linked, are asked', () => {
  const files = { '/usr/lib/libfoo.so': elfFile() };
  expect(links('foo', files, { linkArgs: ['-static'] })).toBeUndefined();
  expect(links('foo', files, { linker: 'GNU gold (GNU Binutils) 1.16' })).toBeUndefined();
});

test('a library gives the names that it defines, in the version that is meant', () => {
  const host = new MemoryHost({});
  const symbols = [
    { name: 'open' },
    { name: 'reopen' },
    { name: 'needed', isDefined: false },
    { name: 'gone', isOldVersion: true },
    { name: 'errno', type: 6 },
  ];
  host.files.write('/libc.so.6', sharedLibrary(symbols));
  const names = exportedNames(host.files, '/libc.so.6');
  const given = ['open', 'reopen', 'pen', 'needed', 'gone', 'errno', 'none'].filter((name) =>
    names?.has(name),
  );
  expect(given).toEqual(['open', 'reopen']);
  host.files.write('/broken.so', sharedLibrary(symbols).subarray(0, 200));
  expect(exportedNames(host.files, '/broken.so')).toBeUndefined();
});
