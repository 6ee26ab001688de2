import { expect, test } from 'vitest';
import { openBuild } from '../../../src/cli/build/open-build.ts';
import { wordsWithoutOption } from '../../../src/cli/cargo/cargo-words-here.ts';
import { memorySession } from '../../support/memory-session.ts';

function asked(files: Readonly<Record<string, string>>, ...names: readonly string[]) {
  const { session } = memorySession(files);
  const directory = { kind: 'to-set-up', sourceRoot: '/project', buildRoot: '/project/b' } as const;
  return wordsWithoutOption(session, directory, new Map(names.map((name) => [name, 'true'])));
}

test('words of Cargo that set no option of a project are told, and what to say instead', async () => {
  const project = { 'meson.build': "project('p')\n", 'Cargo.toml': '' };
  expect(await asked(project, 'locked')).toBe(
    '--locked and --frozen: a Cargo workspace without meson.build has the option "locked", but ' +
      '/project/meson.build decides here, and its project declares no such option.\n' +
      "Say it there: rust.workspace('FOLDER', locked: true); --offline alone can be used here.",
  );
  expect(await asked(project, 'wrap_mode', 'features')).toContain("features: ['NAME']");
  expect(await asked(project, 'wrap_mode', 'buildtype')).toBeUndefined();
  expect(await asked({ 'Cargo.toml': '' }, 'locked', 'packages')).toBeUndefined();
  const declared = { 'meson.options': "option('locked', type: 'boolean')\n" };
  expect(await asked({ ...project, ...declared }, 'locked')).toBeUndefined();
  expect(await asked({ ...project, ...declared }, 'locked', 'profile')).toContain('--profile');
});

test('a word of Cargo that is refused leaves nothing behind', async () => {
  const { session, host, printed } = memorySession({ 'meson.build': "project('p')\n" });
  const options = new Map([['locked', 'true']]);
  expect((await openBuild(session, { directory: undefined, options })).ok).toBe(false);
  expect(printed()).toContain('--locked');
  expect(host.files.exists('/project/build')).toBe(false);
});
