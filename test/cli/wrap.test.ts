import { expect, test } from 'vitest';
import { run } from '../../src/cli/commands/wrap.ts';
import { exitCodes } from '../../src/cli/session.ts';
import { memorySession } from '../support/memory-session.ts';

const releases = JSON.stringify({
  zlib: { versions: ['1.3-2', '1.2-1'], dependency_names: ['zlib'] },
  png: { versions: ['1.6-1'], dependency_names: ['libpng'] },
});

async function wrap(...words: string[]) {
  const { session, printed, host } = memorySession({
    'meson.build': "project('p')",
    'subprojects/wrapdb.json': releases,
    'subprojects/zlib.wrap':
      '[wrap-file]\ndirectory = zlib\nwrapdb_version = 1.2-1\n[provide]\ndependency_names = zlib\n',
    'subprojects/a/meson.build': "project('a')",
    'subprojects/a/subprojects/b/meson.build': "project('b')",
  });
  const code = await run(session, words);
  return { code, said: printed(), host };
}

test('projects are listed, searched and described', async () => {
  expect((await wrap('list')).said).toBe('zlib\npng\n');
  expect((await wrap('search', 'libp')).said).toBe('Dependency libpng found in wrap png\n');
  expect((await wrap('info', 'zlib')).said).toBe('Available versions of zlib:\n  1.3-2\n  1.2-1\n');
  expect(await wrap('info', 'zlip')).toMatchObject({ code: 1 });
  expect((await wrap('info', 'zlip')).said).toContain("did you mean 'zlib'");
});

test('status tells what is older than the database', async () => {
  expect((await wrap('status')).said).toBe(
    'Subproject status\n zlib not up to date. Have 1.2 1, but 1.3 2 is available.\n',
  );
});

test('a database is never guessed', async () => {
  const { code, said } = await wrap('install', 'png');
  expect([code, said]).toEqual([1, expect.stringContaining('Give its URL by --wrapdb')]);
});

test('promote copies what a subproject brings', async () => {
  const { code, host } = await wrap('promote', 'b');
  expect(code).toBe(0);
  expect(host.files.isFile('/project/subprojects/b/meson.build')).toBe(true);
});

test('an unknown command is told with the nearest', async () => {
  const { code, said } = await wrap('instal');
  expect([code, said]).toEqual([
    exitCodes.usage,
    expect.stringContaining("Did you mean 'install'?"),
  ]);
});

test('the first wrap makes the folder for it; what a database refuses is told once', async () => {
  const { session, printed, host } = memorySession({ 'meson.build': "project('p')" });
  host.urls.set('https://db.test/releases.json', releases);
  host.urls.set('https://db.test/png_1.6-1/png.wrap', '[wrap-file]\ndirectory = png\n');
  const to = ['--wrapdb', 'https://db.test'];
  expect(await run(session, ['install', 'png', ...to])).toBe(0);
  expect(host.read('subprojects/png.wrap')).toContain('directory = png');
  expect(await run(session, ['install', 'zlib', ...to])).toBe(1);
  expect(printed()).toMatch(/ERROR: https:..db.test.zlib_1.3-2.zlib.wrap: not found\n$/);
});
