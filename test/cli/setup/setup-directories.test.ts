import { expect, test } from 'vitest';
import { setupDirectories } from '../../../src/cli/setup/setup-directories.ts';
import { MemoryHost } from '../../support/memory-host.ts';

function directories(files: Readonly<Record<string, string>>, ...given: readonly string[]): string {
  const host = new MemoryHost(files);
  const found = setupDirectories(host, given[0], given[1]);
  return found.ok ? `${found.value.sourceRoot} → ${found.value.buildRoot}` : found.error.message;
}

const here = { 'meson.build': '' };

test('source and build directory are told apart by the build file, in either order', () => {
  expect(directories(here, 'build')).toBe('/project → /project/build');
  expect(directories(here, 'build', '.')).toBe('/project → /project/build');
  expect(directories(here, '.', 'build')).toBe('/project → /project/build');
  expect(directories({ '/meson.build': '' })).toBe('/ → /project');
});

test('directories that cannot be are refused as Meson refuses them', () => {
  expect(directories(here)).toBe('Must specify at least one directory name.');
  expect(directories(here, '.')).toBe(
    'Source and build directories must not be the same. Create a pristine build directory.',
  );
  expect(directories({}, 'a', 'b')).toBe("Neither directory 'a' nor directory 'b' exist.");
  expect(directories({ 'a/x': '' }, 'a', 'b')).toBe(
    "Neither directory 'a' nor directory 'b' contain a build file meson.build.",
  );
  expect(directories({ 'a/meson.build': '', 'b/meson.build': '' }, 'a', 'b')).toBe(
    'Both directories contain a build file meson.build.',
  );
  expect(directories({ 'sub/meson.build': '' }, '.', 'sub')).toBe(
    'Build directory /project cannot be a parent of source directory /project/sub',
  );
});

test('a folder is made where there is something to build, and nowhere else', () => {
  const host = new MemoryHost({ 'src/meson.build': '', '/else/x': '' });
  expect(setupDirectories(host, 'build', '/else').ok).toBe(false);
  expect(setupDirectories(host, '/none', 'build').ok).toBe(false);
  expect(host.files.exists('/project/build') || host.files.exists('/none')).toBe(false);
  expect(setupDirectories(host, 'build', 'src').ok).toBe(true);
  expect(host.files.isDirectory('/project/build')).toBe(true);
});
