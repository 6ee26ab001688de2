import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { pax, type TarEntry, tarGzOf, tarOf } from '../support/hostile-tar.ts';
import { type ZipEntry, zipOf } from '../support/hostile-zip.ts';
import { laid, prepare, projectWith } from './workshop.ts';

const build: TarEntry = { path: 'foo-1/meson.build', content: "project('foo')\n" };

/** Each hostile archive: what is in it beside a good file, and what the refusal must say. */
const hostileTars: readonly (readonly [string, readonly TarEntry[], RegExp])[] = [
  ['an absolute path', [{ path: '/etc/evil', content: 'x' }], /"\/etc\/evil" has an absolute path/],
  ['a path up and out', [{ path: '../evil' }], /has "\.\." in its path/],
  ['a path up and out from inside', [{ path: 'foo-1/../../evil' }], /has "\.\." in its path/],
  ['a path up and in again', [{ path: 'foo-1/a/../b' }], /has "\.\." in its path/],
  ['a long path that leaves', [pax({ path: '../evil' }), { path: 'foo-1/x' }], /has "\.\."/],
  ['a backslash', [{ path: 'foo-1\\..\\evil' }], /has a backslash/],
  ['a NUL', [pax({ path: 'foo-1/a\0b' }), { path: 'foo-1/x' }], /has a NUL|PAX|pax/i],
  ['a second top folder', [{ path: 'other/file' }], /"other\/file" is not in the folder "foo-1"/],
  ['a file at the top', [{ path: 'file' }], /"file" is not in the folder "foo-1"/],
  ['a top folder that begins alike', [{ path: 'foo-1x/file' }], /is not in the folder/],
  [
    'a link out',
    [link('foo-1/l', '../../etc')],
    /"foo-1\/l" is a link to "\.\.\/\.\.\/etc", which leads out/,
  ],
  ['an absolute link', [link('foo-1/l', '/etc/passwd')], /which leads out/],
  ['a link to the folder above', [link('foo-1/l', '..')], /which leads out/],
  [
    'a long link target that leaves',
    [pax({ linkpath: '../../x' }), link('foo-1/l', 'x')],
    /leads out/,
  ],
  [
    'a link out by way of another link',
    [link('foo-1/a/b', '..'), { path: 'foo-1/c' }, link('foo-1/l', 'a/b/../../x')],
    /which leads out/,
  ],
  ['links in a circle', [link('foo-1/a', 'b/x'), link('foo-1/b', 'a/x')], /is a link/],
  [
    'a file written through a link',
    [link('foo-1/l', 'real'), { path: 'foo-1/l/file' }],
    /"foo-1\/l\/file" lies below "foo-1\/l", which is not a folder/,
  ],
  ['a file below a file', [{ path: 'foo-1/f' }, { path: 'foo-1/f/g' }], /which is not a folder/],
  ['a link as top folder', [link('foo-1', 'elsewhere')], /is not a folder|is there twice|below/],
  ['a hard link out', [hard('foo-1/h', '../../etc/passwd')], /is a hard link to/],
  ['a hard link to an absolute path', [hard('foo-1/h', '/etc/passwd')], /is a hard link to/],
  ['a hard link to itself', [hard('foo-1/h', 'foo-1/h')], /is a hard link to/],
  ['a character device', [{ path: 'foo-1/null', type: '3' }], /CharacterDevice/],
  ['a block device', [{ path: 'foo-1/disk', type: '4' }], /BlockDevice/],
  ['a named pipe', [{ path: 'foo-1/pipe', type: '6' }], /FIFO/],
  ['a file twice', [{ path: 'foo-1/meson.build', content: 'evil' }], /is there twice/],
  ['a file twice, spelt otherwise', [{ path: 'foo-1/./meson.build' }], /is there twice/],
  [
    'a file that is a folder too',
    [{ path: 'foo-1/meson.build/', type: '5' }],
    /is there twice|below/,
  ],
  ['a wrong checksum', [{ path: 'foo-1/x', checksum: 7 }], /checksum/i],
  ['a size beyond the end', [{ path: 'foo-1/x', size: 100_000 }], /truncated|unexpected|missing/i],
  [
    'folders without end',
    [pax({ path: `foo-1/${'d/'.repeat(150)}f` }), { path: 'x' }],
    /folders deep/,
  ],
  ['a name without end', [pax({ path: `foo-1/${'n'.repeat(300)}` }), { path: 'x' }], /255 letters/],
];

function link(path: string, target: string): TarEntry {
  return { path, type: '2', target };
}

function hard(path: string, target: string): TarEntry {
  return { path, type: '1', target };
}

describe('a hostile tar archive is refused and leaves nothing', () => {
  test.each(hostileTars)('with %s', async (_what, entries, message) => {
    const host = projectWith(tarGzOf([build, ...entries]));
    const before = host.files.snapshot();
    const said = await prepare(host);
    expect(said).toMatch(message);
    expect(said).toMatch(/^archive: subprojects\/foo\.wrap:1:0: ERROR: foo\.tar\.gz/);
    expect(host.files.snapshot()).toEqual(before);
  });

  test('that is cut short', async () => {
    const whole = tarGzOf([build, { path: 'foo-1/x', content: 'x'.repeat(5000) }]);
    const host = projectWith(whole.subarray(0, whole.length - 20));
    expect(await prepare(host)).toMatch(/archive: .*is not valid gzip/);
    expect(laid(host)).toEqual([]);
  });

  test('that is no archive at all', async () => {
    expect(await prepare(projectWith(Buffer.from('<html>not found</html>')))).toMatch(/^archive: /);
    expect(await prepare(projectWith(new Uint8Array()))).toMatch(/^(archive|no-build-file): /);
  });

  test('that grows without end', async () => {
    const bomb = gzipSync(Buffer.alloc(1 << 20));
    const many = Buffer.concat(Array.from({ length: 1100 }, () => bomb));
    expect(await prepare(projectWith(many))).toMatch(/unpacks to more than/);
  }, 30_000);
});

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
const hostileZips: readonly (readonly [string, readonly ZipEntry[], RegExp])[] = [
  ['a path out', [{ path: 'foo-1/../../evil' }], /has "\.\."/],
  ['two names', [{ path: 'foo-1/a', localPath: '../evil' }], /another name in its header/],
  ['a link out', [{ path: 'foo-1/l', content: '../../x', mode: 0o120777 }], /which leads out/],
  ['a device', [{ path: 'foo-1/d', mode: 0o020666 }], /neither file, folder nor link/],
  ['a wrong checksum', [{ path: 'foo-1/a', content: 'abc', crc: 1 }], /wrong checksum/],
  [
    'a wrong size',
    [{ path: 'foo-1/a', content: 'abc', claimed: 2 }],
    /cannot be unpacked|another size/,
  ],
  ['a size of 3 GB', [{ path: 'foo-1/a', content: 'abc', claimed: 3e9 }], /too large/],
  ['a password', [{ path: 'foo-1/a', content: 'abc', flags: 1 }], /encrypted/],
  ['a file twice', [zipBuild], /is there twice/],
];

describe('a hostile zip archive is refused and leaves nothing', () => {
  test.each(hostileZips)('with %s', async (_what, entries, message) => {
    const host = projectWith(zipOf([zipBuild, ...entries]), [], 'foo.zip');
    const before = host.files.snapshot();
    expect(await prepare(host)).toMatch(message);
    expect(host.files.snapshot()).toEqual(before);
  });

  test('with something behind its end', async () => {
    const archive = Buffer.concat([zipOf([zipBuild]), Buffer.from('more')]);
    expect(await prepare(projectWith(archive, [], 'foo.zip'))).toMatch(/after its end record/);
  });
});

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
