import { expect, test } from 'vitest';
import { hard, link, type TarEntry, tarGzOf, tarOf } from '../support/hostile-tar.ts';
import { type ZipEntry, zipOf } from '../support/hostile-zip.ts';
import { prepare, projectWith } from './workshop.ts';

const build: TarEntry = { path: 'foo-1/meson.build', content: "project('foo')\n" };

test('an ordinary archive is laid out: folders, files, modes, links, and hard links as copies', async () => {
  const host = projectWith(
    tarGzOf([
      { path: './foo-1/', type: '5', mode: 0o777 },
      { ...build, path: './foo-1/meson.build' },
      { path: 'foo-1/run', content: '#!/bin/sh\n', mode: 0o4775 },
      { path: 'foo-1/sub/a.c', content: 'int a;', mode: 0o666 },
      hard('foo-1/sub/b.c', 'foo-1/sub/a.c'),
      link('foo-1/sub/up', '../meson.build'),
      link('foo-1/dangling', 'sub/none'),
    ]),
  );
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  const root = '/project/subprojects/foo-1';
  const { [`${root}/.kaon-subproject.json`]: record, ...tree } = host.files.snapshot(root);
  expect(record).toBeDefined();
  expect(tree).toEqual({
    [`${root}/dangling`]: '-> sub/none',
    [`${root}/meson.build`]: "project('foo')\n",
    [`${root}/run`]: '#!/bin/sh\n',
    [`${root}/sub/a.c`]: 'int a;',
    [`${root}/sub/b.c`]: 'int a;',
    [`${root}/sub/up`]: '-> ../meson.build',
  });
  expect(host.files.stat(`${root}/run`)?.mode).toBe(0o755);
  expect(host.files.stat(`${root}/sub/a.c`)?.mode).toBe(0o644);
});

test('what git left in the folder of a submodule is not laid out', async () => {
  const pointer = 'gitdir: ../../../.git/modules/crates/data\n';
  const host = projectWith(tarGzOf([build, { path: 'foo-1/data/.git', content: pointer }]));
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  expect(host.files.exists('/project/subprojects/foo-1/data/.git')).toBe(false);
});

test('an archive without compression, and one without a leading folder', async () => {
  expect(await prepare(projectWith(tarOf([build])))).toBe('subprojects/foo-1 (meson)');
  const flat = tarGzOf([
    { path: './', type: '5' },
    { path: './meson.build', content: 'x' },
  ]);
  const host = projectWith(flat, ['lead_directory_missing = true']);
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
});

test('a folder of another name is explained, not called an attack', async () => {
  expect(await prepare(projectWith(tarGzOf([{ path: 'foo-2/meson.build' }])))).toBe(
    [
      'archive: subprojects/foo.wrap:1:0: ERROR: foo.tar.gz has the folder "foo-2", not "foo-1"',
      '    1 | [wrap-file]',
      '      | ^^^^^^^^^^^',
      '  hint: Say "directory = foo-2" in foo.wrap, or "lead_directory_missing = true" where the archive has no folder of its own.',
    ].join('\n'),
  );
});

const zipBuild: ZipEntry = { path: 'foo-1/meson.build', content: "project('foo')\n" };
test('an ordinary zip archive is laid out', async () => {
  const entries: ZipEntry[] = [
    { path: 'foo-1/', mode: 0o040755, stored: true },
    zipBuild,
    { path: 'foo-1/run', content: 'x', mode: 0o100755, stored: true },
    { path: 'foo-1/l', content: 'run', mode: 0o120777, stored: true },
  ];
  const host = projectWith(zipOf(entries), [], 'foo.zip');
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  expect(host.files.stat('/project/subprojects/foo-1/run')?.mode).toBe(0o755);
  expect(host.files.readLink('/project/subprojects/foo-1/l')).toMatchObject({ value: 'run' });
});
