import { expect, test } from 'vitest';
import { run as compile } from '../../src/cli/commands/compile.ts';
import { run as setup } from '../../src/cli/commands/setup.ts';
import { memorySession } from '../support/memory-session.ts';

/** Sets up in one build directory after another; tells what was said and made, and what was read for it. */
function project(build: string, more: Readonly<Record<string, string>> = {}) {
  const text = `project('demo')\n${build}\n`;
  const { session, host, printed } = memorySession({ 'meson.build': text, ...more });
  const setUp = async (folder: string) => {
    host.tick(60_000);
    host.files.reads.clear();
    expect(await setup(session, [folder])).toBe(0);
    const isEvaluated = host.files.reads.has('/project/meson.build');
    const made = Object.entries(host.files.snapshot(`/project/${folder}`)).filter(
      ([path]) => !/kaon-setup\.json$|-log\.txt$/.test(path),
    );
    return { said: printed(), made, isEvaluated };
  };
  return { session, host, printed, setUp };
}

const quiet = "configure_file(output: 'o.h', configuration: {'A': meson.current_build_dir()})";

/** Whether a second build directory is set up from what is known of the first. */
async function isMoved(build: string, more?: Readonly<Record<string, string>>): Promise<boolean> {
  const { setUp } = project(build, more);
  expect((await setUp('build')).isEvaluated).toBe(true);
  const { isEvaluated, ...second } = await setUp('other');
  const { isEvaluated: _, ...fresh } = await project(build, more).setUp('other');
  expect(second).toEqual(fresh);
  return !isEvaluated;
}

test('another build directory gets what it would have got by itself', async () => {
  expect(await isMoved(quiet)).toBe(true);
});

test('so it does where folders are looked through', async () => {
  const sub = { 'subprojects/sub/meson.build': "project('sub')\n", 'rust/Cargo.toml': '' };
  expect(await isMoved("subproject('sub')", sub)).toBe(true);
});

test('a build in it finds all as it was', async () => {
  const { session, host, printed, setUp } = project(quiet);
  await setUp('build');
  expect(await setUp('other')).toMatchObject({ isEvaluated: false });
  host.tick(60_000);
  expect(await compile(session, ['-C', 'other'])).toBe(0);
  expect(printed()).not.toContain('Configuring anew');
});

test.each([
  ["message(meson.current_build_dir() == '/project/build' ? 'here' : 'there')"],
  ["message(meson.current_build_dir() == meson.current_source_dir() / 'build' ? 'here' : 'there')"],
  ["message(meson.current_build_dir() in [meson.current_source_dir() / 'build'] ? 'here' : '')"],
  ["message([meson.current_build_dir()].contains('/project' / 'build') ? 'here' : 'there')"],
  ["message(meson.current_build_dir().contains('build') ? 'here' : 'there')"],
  ["message(meson.current_build_dir().endswith('build') ? 'here' : 'there')"],
  ["message(meson.current_build_dir().split('/')[-1])"],
  ["foreach part : meson.current_build_dir().split('/')\nmessage(part)\nendforeach"],
  ['message(meson.current_build_dir().underscorify())'],
  ["message(import('fs').name(meson.current_build_dir()))"],
  ["message(import('fs').relative_to(meson.current_build_dir(), meson.current_source_dir()))"],
  ["message('@0@'.format(meson.current_build_dir())[-1])"],
])('where the letters of its name count, the build files are read: %s', async (build) => {
  expect(await isMoved(build)).toBe(false);
});

test.each([
  ["message((meson.current_build_dir() / 'a.h').endswith('.h') ? 'yes' : 'no')"],
  ["message((meson.current_build_dir() / 'sub/a.h').split('/')[-1])"],
  ["message(import('fs').name(meson.current_build_dir() / 'a.h'))"],
  ["message(meson.current_build_dir().startswith('/') ? 'yes' : 'no')"],
])('what would be the same anywhere does not matter: %s', async (build) => {
  expect(await isMoved(build)).toBe(true);
});

test('a file that names the first build directory names it for the second, too', async () => {
  const read = "message(import('fs').read('place.txt'))";
  expect(await isMoved(read, { 'place.txt': 'At /project/build/x.' })).toBe(false);
  expect(await isMoved(read, { 'place.txt': 'At /project/elsewhere/x.' })).toBe(true);
});

test('files that someone laid into each build directory may name it', async () => {
  const load = "message(import('keyval').load(meson.current_build_dir() / 'a.mak')['HERE'])";
  const named = (...folders: string[]) =>
    Object.fromEntries(folders.map((name) => [`${name}/a.mak`, `HERE=/project/${name}/bin\n`]));
  expect(await isMoved(load, named('build', 'other'))).toBe(true);
  expect(
    await isMoved(load, { ...named('build'), 'other/a.mak': 'HERE=/project/build/bin\n' }),
  ).toBe(false);
});

test('a program is asked again, and may name its build directory', async () => {
  const { host, setUp } = project(
    "r = run_command('where', meson.current_build_dir(), check: true)\nmessage(r.stdout())",
  );
  let more = '';
  host.program('where', ({ argv }) => `${argv[1]}${more}`);
  await setUp('build');
  expect(await setUp('other')).toMatchObject({
    isEvaluated: false,
    said: expect.stringContaining('/project/other'),
  });
  more = '!';
  expect(await setUp('third')).toMatchObject({
    isEvaluated: true,
    said: expect.stringContaining('/project/third!'),
  });
});
