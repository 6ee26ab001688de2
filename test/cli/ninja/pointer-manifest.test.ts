import { expect, test } from 'vitest';
import { run as setup } from '../../../src/cli/commands/setup.ts';
import { memorySession } from '../../support/memory-session.ts';

const manifest = '/project/build/build.ninja';

async function setUp(...words: readonly string[]) {
  const { session, host, printed } = memorySession({
    'meson.build': "project('demo')\nrun_target('demo-pot', command: files('tool'))\n",
    tool: '',
  });
  const again = async (...more: readonly string[]): Promise<string | undefined> => {
    host.tick(60_000);
    const code = await setup(session, [...more, 'build', ...words]);
    if (code !== 0) return undefined;
    return host.files.exists(manifest) ? host.read(manifest) : '';
  };
  return { session, host, printed, again };
}

test('a build directory has a build.ninja, for scripts that look for one, or run ninja, which starts kaon', async () => {
  const { again, session } = await setUp();
  const text = await again();
  expect(text).toContain(`  command = ${session.self.join(' ')} ninja $out\n`);
  for (const name of ['all', 'test', 'install', 'clean', 'demo-pot'])
    expect(text).toContain(`build ${name}: KAON kaon-always\n`);
  expect(text).toMatch(/^# What kaon builds/);
});

test('it does not stand in the way of a setup that would come to the same', async () => {
  const { again, host } = await setUp();
  const first = await again();
  host.files.reads.clear();
  expect(await again('--reconfigure')).toBe(first);
  expect([...host.files.reads.keys()].filter((path) => path.endsWith('meson.build'))).toEqual([]);
});

test('a setup that fails leaves it as it was', async () => {
  const { again, host } = await setUp();
  const first = await again();
  host.write('meson.build', "project('demo')\nerror('no')\n");
  expect(await again('--reconfigure')).toBeUndefined();
  expect(host.read(manifest)).toBe(first);
});

test('there is none for --backend=none, and all commands for --backend=ninja', async () => {
  const none = await setUp('--backend=none');
  none.host.write('meson.build', "project('demo')\n");
  expect(await none.again()).toBe('');
  expect(await (await setUp('--backend=ninja')).again()).toContain('rule REGENERATE');
});
