import { expect, test } from 'vitest';
import { run as install } from '../../src/cli/commands/install.ts';
import { run as setup } from '../../src/cli/commands/setup.ts';
import { memorySession } from '../support/memory-session.ts';

test('what does not build is not installed, which Meson tells by an exit code of its own', async () => {
  const text =
    "project('p')\ncustom_target(output: 'x', command: ['breaks', '@OUTPUT@'], build_by_default: true)\n";
  const { session, host } = memorySession({ 'meson.build': text });
  host.program('breaks', () => ({ code: 1 }));
  await setup(session, ['build']);
  expect(await install(session, ['-C', 'build'])).toBe(1);
  const asMeson = { ...session, asMeson: true };
  expect(await install(asMeson, ['-C', 'build'])).toBe(255);
  expect(await install(asMeson, ['-C', 'nowhere'])).toBe(2);
  host.tick();
  host.write('meson.build', 'nonsense(');
  expect(await install(asMeson, ['-C', 'build'])).toBe(255);
});
