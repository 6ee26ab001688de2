import { expect, test } from 'vitest';
import { run } from '../../../src/cli/commands/build.ts';
import { commands } from '../../../src/cli/table.ts';
import { memorySession } from '../../support/memory-session.ts';

test.each([
  [['-C', 'out', 'test', '--json'], 'A command stands before its options: kaon test -C out --json'],
  [['-C', 'test', 'test'], 'A command stands before its options: kaon test -C test'],
  [['-j1', 'my app'], "'my app' is no option. A target is built by: kaon compile -j1 'my app'"],
])('kaon %j tells how it is said', async (words, message) => {
  const { session, printed } = memorySession({ 'meson.build': "project('p')" });
  expect(await run(session, words, commands)).toBe(2);
  expect(printed()).toBe(`\nERROR: ${message}\n`);
});
