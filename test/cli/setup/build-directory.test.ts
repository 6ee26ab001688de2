import { expect, test } from 'vitest';
import {
  buildDirectoryAt,
  findBuildDirectory,
  whyOtherName,
} from '../../../src/cli/setup/build-directory.ts';
import { memorySession } from '../../support/memory-session.ts';

function found(files: Readonly<Record<string, string>>): string {
  const directory = findBuildDirectory(memorySession(files).session, undefined);
  if (!directory.ok) return directory.error;
  const { kind, buildRoot } = directory.value;
  return [kind, buildRoot, whyOtherName(directory.value) ?? ''].join(' ').trim();
}

const mark = 'meson-private/coredata.dat';
const told = "`build` is a folder of the project's own: the build directory is `builddir`.";

test.each(['meson.build', 'Cargo.toml'])(
  'the build directory of a %s is never a folder of sources',
  (name) => {
    const project = { [name]: '[package]\nname = "a"\n' };
    expect(found(project)).toBe('to-set-up /project/build');
    expect(found({ ...project, [`build/${mark}`]: '' })).toBe('configured /project/build');
    // A setup that failed left this.
    expect(found({ ...project, 'build/meson-private/cmd_line.txt': '' })).toBe(
      'to-set-up /project/build',
    );
    const own = { ...project, 'build/main.rs': '' };
    expect(found(own)).toBe(`to-set-up /project/builddir ${told}`);
    expect(found({ ...own, [`builddir/${mark}`]: '' })).toBe('configured /project/builddir');
    expect(found({ ...project, build: 'a script' })).toBe(`to-set-up /project/builddir ${told}`);
    // One that another tool set up is not taken where `build` is free.
    expect(found({ ...project, [`builddir/${mark}`]: '' })).toBe('to-set-up /project/build');
    expect(found({ ...own, 'builddir/x': '' })).toBe(
      '`build` and `builddir` of /project are no build directories.\n' +
        'Name another one: `kaon setup DIRECTORY`, then `kaon -C DIRECTORY`.',
    );
  },
);

test('a folder that is named may be a new build directory, but none that holds the project', () => {
  const files = {
    'Cargo.toml': '[package]\nname = "a"\n',
    [`out/${mark}`]: '',
  };
  const at = (said: string) => {
    const directory = buildDirectoryAt(memorySession(files).session, said);
    return directory.ok ? `${directory.value.kind} ${directory.value.buildRoot}` : directory.error;
  };
  expect(at('new')).toBe('to-set-up /project/new');
  expect(at('out')).toBe('configured /project/out');
  expect(at('.')).toBe('/project holds the project: it is no build directory.');
  expect(at('..')).toBe('/ holds the project: it is no build directory.');
});

test('in the folder of a member of a Cargo workspace, that member is meant', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["a"]\n[package]\nname = "top"\n',
    'a/Cargo.toml': '[package]\nname = "one"\n',
    'a/src/lib.rs': '',
  };
  const member = (folder: string) => {
    const found = findBuildDirectory(memorySession(files).session, folder);
    return found.ok ? found.value.member : found.error;
  };
  expect(['a', 'a/src', '.', 'build'].map(member)).toEqual(['one', 'one', undefined, undefined]);
});

test('what a failed setup left elsewhere, and what is not there, are no folders of sources', () => {
  const files = {
    'meson.build': '',
    'other/meson-private/cmd_line.txt': '',
    'emptied/meson-info/x': '',
    'src/a.c': '',
  };
  const named = (folder: string) => {
    const { session, host } = memorySession(files);
    host.files.makeDirectory('empty');
    return findBuildDirectory(session, folder);
  };
  for (const folder of ['other', 'emptied', 'nowhere', 'empty']) {
    const path = `/project/${folder}`;
    const error = `Current directory is not a meson build directory: \`${path}\`.\n`;
    expect(named(folder)).toEqual({
      ok: false,
      error: `${error}Run \`kaon setup ${path}\` first.`,
    });
  }
  for (const folder of ['src', 'build'])
    expect(named(folder)).toMatchObject({ ok: true, value: { buildRoot: '/project/build' } });
});

test('the only build directory is taken whatever its name; of several, one is to be named', () => {
  const info = JSON.stringify({ directories: { source: '/project' } });
  const one = (name: string) => ({
    [`${name}/${mark}`]: '',
    [`${name}/meson-info/meson-info.json`]: info,
  });
  const project = { 'meson.build': '' };
  expect(found({ ...project, ...one('b') })).toBe(
    'configured /project/b The build directory is `b`.',
  );
  // Who names another one means that.
  const { session } = memorySession({ ...project, ...one('b') });
  expect(findBuildDirectory(session, 'build')).toMatchObject({
    value: { kind: 'to-set-up', buildRoot: '/project/build' },
  });
  expect(found({ ...project, ...one('b'), ...one('build') })).toBe('configured /project/build');
  expect(found({ ...project, ...one('b'), ...one('c') })).toBe(
    '/project has several build directories: `b`, `c`.\nName one: `-C b`.',
  );
});

test('a misspelt build directory is recognized, and a file is none', () => {
  const info = JSON.stringify({ directories: { source: '/project' } });
  const files = {
    'meson.build': '',
    [`build/${mark}`]: '',
    'build/meson-info/meson-info.json': info,
  };
  const hint = (given: string): string | undefined => {
    const directory = findBuildDirectory(memorySession(files).session, given);
    return directory.ok ? undefined : directory.error.split('\n')[1];
  };
  expect(hint('biuld')).toBe('Did you mean `build`?');
  expect(hint('meson.build')).toBe('It is no folder.');
  expect(hint('other')).toBe('Run `kaon setup /project/other` first.');
});
