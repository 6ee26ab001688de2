import { expect, test } from 'vitest';
import { run as clean } from '../../src/cli/commands/clean.ts';
import { run as setup } from '../../src/cli/commands/setup.ts';
import { exitCodes } from '../../src/cli/session.ts';
import { memorySession } from '../support/memory-session.ts';

test('what cannot be removed is told', async () => {
  const { session, host, printed } = memorySession({
    'meson.build': "project('p')\ncustom_target('t', output: 't.txt', command: ['/bin/t'])",
  });
  host.program('/bin/t', () => ({ code: 0 }));
  await setup(session, ['build']);
  host.write('build/t.txt', '');
  host.files.refuse = (operation) => (operation === 'remove' ? 'denied' : undefined);
  printed();
  expect(await clean(session, ['-C', 'build'])).toBe(exitCodes.failed);
  expect(printed()).toMatch(
    /^Cleaned 0 files\.\n\nERROR: 1 file could not be removed\. .*'\/project\/build\/t\.txt'\n$/,
  );
  host.files.refuse = () => undefined;
  expect(await clean(session, ['-C', 'build'])).toBe(exitCodes.ok);
  expect(printed()).toBe('Cleaned 1 file.\n');
});
