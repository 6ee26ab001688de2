import { expect, test } from 'vitest';
import { run } from '../../src/cli/commands/subprojects.ts';
import { exitCodes } from '../../src/cli/session.ts';
import { memorySession } from '../support/memory-session.ts';

async function subprojects(...words: string[]) {
  const { session, printed, host } = memorySession({
    'meson.build': "project('p')",
    'subprojects/here.wrap': '[wrap-file]\ndirectory = here-1\n',
    'subprojects/here-1/meson.build': "project('here')",
    'subprojects/own/meson.build': "project('own')",
  });
  const code = await run(session, words);
  return { code, said: printed(), host };
}

test('subprojects are listed with where they lie', async () => {
  expect((await subprojects('list')).said).toBe(
    'here (file): /project/subprojects/here-1\nown (folder): /project/subprojects/own\n',
  );
  expect((await subprojects('list', '--types', 'file')).said).not.toContain('own');
  expect((await subprojects('list', 'o*')).said).not.toContain('here');
});

test('a name that no subproject has is told', async () => {
  const { code, said } = await subprojects('download', 'hree');
  expect([code, said]).toEqual([exitCodes.wrong, expect.stringContaining("called 'hree'")]);
});

test('purge removes what wraps brought, and only when that is confirmed', async () => {
  const tried = await subprojects('purge');
  expect(tried.said).toContain('Deleting /project/subprojects/here-1');
  expect(tried.said).toContain('run again with --confirm');
  expect(tried.host.files.exists('/project/subprojects/here-1')).toBe(true);
  const done = await subprojects('purge', '--confirm');
  expect(done.host.files.exists('/project/subprojects/here-1')).toBe(false);
  expect(done.host.files.exists('/project/subprojects/own')).toBe(true);
});

test('what is there is not downloaded; what cannot be laid out anew stays as it was', async () => {
  expect((await subprojects('download', 'here')).said).toContain('Already downloaded');
  const { code, host } = await subprojects('update', '--reset', 'here');
  expect(code).toBe(1);
  expect(host.files.exists('/project/subprojects/here-1/meson.build')).toBe(true);
});

test('a redirect counts as the kind of wrap that it leads to', async () => {
  const { session, printed } = memorySession({
    'meson.build': "project('p')",
    'subprojects/inner.wrap': '[wrap-redirect]\nfilename = outer/subprojects/inner.wrap\n',
    'subprojects/outer/subprojects/inner.wrap': '[wrap-file]\ndirectory = inner-1\n',
  });
  await run(session, ['download', '--types', 'redirect']);
  expect(printed()).toBe('');
  await run(session, ['update', '--types', 'file']);
  expect(printed()).toContain('Updating inner...');
});

test('what cannot be saved to packagefiles is told, also where nothing was fetched yet', async () => {
  const { code, said } = await subprojects('packagefiles', '--save', 'here');
  expect([code, said]).toEqual([
    exitCodes.failed,
    expect.stringContaining('can only save packagefiles to patch_directory'),
  ]);
});

test('a wrap of a subproject counts once what it brings lies beside it', async () => {
  const { session, printed } = memorySession({
    'meson.build': "project('p')",
    'subprojects/outer/meson.build': "project('outer')",
    'subprojects/outer/subprojects/inner.wrap': '[wrap-file]\ndirectory = inner-1\n',
    'subprojects/outer/subprojects/other.wrap': '[wrap-file]\ndirectory = other-1\n',
    'subprojects/inner-1/meson.build': "project('inner')",
  });
  await run(session, ['list']);
  expect(printed()).toBe(
    'inner (file): /project/subprojects/inner-1\nouter (folder): /project/subprojects/outer\n',
  );
});

test('an unknown command is told with the nearest', async () => {
  const { code, said } = await subprojects('donwload');
  expect([code, said]).toEqual([
    exitCodes.usage,
    expect.stringContaining("Did you mean 'download'?"),
  ]);
});
