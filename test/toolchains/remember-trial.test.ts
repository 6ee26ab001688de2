import { expect, test } from 'vitest';
import {
  filesTold,
  tellingWords,
  withoutFilesTold,
} from '../../src/toolchains/checks/remember-trial.ts';

test('what a compiler tells of the files it read is not among its complaints', () => {
  const stderr = [
    '. /usr/include/stdio.h',
    '.. /usr/include/bits/types.h',
    '<stdin>:2:10: fatal error: nope.h: No such file or directory',
    'compilation terminated.',
    'Multiple include guards may be useful for:',
    '/usr/include/bits/types.h',
    "/usr/bin/ld: x.o: in function `main':",
    "<stdin>:(.text+0xa): undefined reference to `foo'",
    '',
  ].join('\n');
  const { stderr: kept } = withoutFilesTold({
    ended: { kind: 'exited', code: 1 },
    stdout: '',
    stderr,
  });
  expect(kept).toBe(
    [
      '<stdin>:2:10: fatal error: nope.h: No such file or directory',
      'compilation terminated.',
      "/usr/bin/ld: x.o: in function `main':",
      "<stdin>:(.text+0xa): undefined reference to `foo'",
      '',
    ].join('\n'),
  );
});

test('files that a linker tells are read as each of them writes', () => {
  const stdout = [
    '/usr/lib/Scrt1.o',
    '/usr/lib/libc_nonshared.a(atexit.oS)',
    '(/usr/lib/libc_nonshared.a)elf-init.oS',
    'trace: /usr/lib/crt1.o',
    'trace: /usr/lib/libgcc.a(cpuinfo.o)',
    'Usage: ld',
    '',
  ].join('\n');
  expect(filesTold({ ended: { kind: 'exited', code: 0 }, stdout, stderr: '' })).toEqual([
    '/usr/lib/Scrt1.o',
    '/usr/lib/libc_nonshared.a',
    '/usr/lib/libc_nonshared.a',
    '/usr/lib/crt1.o',
    '/usr/lib/libgcc.a',
  ]);
});

test('linkers are asked for the files they read by words that they know', () => {
  const told = (linker: string, facts: Readonly<Record<string, string>> = { __ELF__: '1' }) =>
    tellingWords(
      { id: 'gcc', language: 'c', linker: { id: linker, version: '1', command: [] }, facts },
      'link',
    );
  for (const linker of ['ld.bfd', 'ld.gold', 'ld.lld', 'ld.mold'])
    expect(told(linker)).toEqual(['-H', '-Wl,--trace']);
  // lld for Windows is another program.
  expect(told('ld.lld', {})).toBeUndefined();
  expect(told('ld.eld')).toBeUndefined();
});
