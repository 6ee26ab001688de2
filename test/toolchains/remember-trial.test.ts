import { expect, test } from 'vitest';
import { withoutFilesTold } from '../../src/toolchains/checks/remember-trial.ts';

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
