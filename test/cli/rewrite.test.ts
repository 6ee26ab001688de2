import { expect, test } from 'vitest';
import { run as rewrite } from '../../src/cli/commands/rewrite.ts';
import { exitCodes } from '../../src/cli/session.ts';
import { memorySession } from '../support/memory-session.ts';

test('words that are none of the commands are refused with those that are', async () => {
  const { session, printed } = memorySession({ 'meson.build': "project('p')" });
  expect(await rewrite(session, ['targt', 'p', 'info'])).toBe(exitCodes.usage);
  expect(printed()).toContain(`(target, kwargs, default-options, command). Did you mean "target"?`);
  expect(await rewrite(session, ['target', 'p', 'append'])).toBe(exitCodes.wrong);
  expect(printed()).toContain("There is no operation 'append' of targets: add, rm, add_target, ");
});
