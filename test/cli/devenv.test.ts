import { expect, test } from 'vitest';
import { run as devenv } from '../../src/cli/commands/devenv.ts';
import { run as setup } from '../../src/cli/commands/setup.ts';
import { exitCodes } from '../../src/cli/session.ts';
import { memorySession } from '../support/memory-session.ts';

test('a folder to work in that is not there is named, not the command', async () => {
  const { session, printed } = memorySession({ 'meson.build': "project('p')" });
  await setup(session, ['build']);
  printed();
  expect(await devenv(session, ['-C', 'build', '-w', 'none', 'true'])).toBe(exitCodes.wrong);
  expect(printed()).toBe('\nERROR: /project/none is no directory.\n');
});
