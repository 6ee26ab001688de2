import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { missingTool } from '../../../src/release/archive/compress.ts';
import { formatOfName, parseFormats } from '../../../src/release/archive/formats.ts';
import { makeArchives } from '../../../src/release/archive/make-archives.ts';
import { readTree } from '../../../src/release/archive/tree.ts';
import { readZip } from '../../../src/wrap/archive/read-zip.ts';
import { MemoryHost } from '../../support/memory-host.ts';

async function archivesOf(host: MemoryHost, formats: string) {
  const tree = readTree(host.files, '/tree', { modes: 'plain' });
  const parsed = parseFormats(formats);
  if (!tree.ok || !parsed.ok) throw new Error('nothing to archive');
  return makeArchives(host, {
    tree: tree.value,
    top: 'x-1',
    timeSeconds: 1_600_000_000,
    formats: parsed.value,
    base: '/out/x-1',
  });
}

function content(host: MemoryHost, path: string): Uint8Array {
  const bytes = host.files.readBytes(path);
  return bytes.ok ? bytes.value : new Uint8Array();
}

const files = { '/tree/a.c': 'int a;\n'.repeat(1000), '/tree/run.sh': 'x', '/out/.keep': '' };

test('a gzip archive is the tar archive and says nothing of when it was made', async () => {
  const host = new MemoryHost(files);
  await archivesOf(host, 'gztar');
  const first = content(host, '/out/x-1.tar.gz');
  host.tick(100_000);
  await archivesOf(host, 'gztar');
  expect(content(host, '/out/x-1.tar.gz')).toEqual(first);
  expect(gunzipSync(first).toString('latin1')).toContain('int a;');
  expect(host.files.exists('/out/x-1.tar')).toBe(false);
});

test('a zip archive is the same in any time zone, with links and modes', async () => {
  const host = new MemoryHost(files);
  host.files.setMode('/tree/run.sh', 0o755);
  host.files.symlink('a.c', '/tree/link');
  const zone = process.env['TZ'];
  const made: Uint8Array[] = [];
  for (const each of ['UTC', 'Asia/Tokyo', 'America/St_Johns']) {
    process.env['TZ'] = each;
    await archivesOf(host, 'zip');
    made.push(content(host, '/out/x-1.zip'));
  }
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
  const [first = new Uint8Array(), ...others] = made;
  for (const other of others) expect(other).toEqual(first);
  const entries = readZip(first);
  expect(
    entries.ok &&
      entries.value.map(({ path, kind, mode }) => `${path} ${kind} ${(mode & 0o777).toString(8)}`),
  ).toEqual([
    'x-1/ directory 755',
    'x-1/a.c file 644',
    'x-1/link symlink 777',
    'x-1/run.sh file 755',
  ]);
});

test('a tool that compresses is told how, whatever the user set, and misses are named', async () => {
  const host = new MemoryHost(files, { environment: { PATH: '/usr/bin', XZ_OPT: '-9' } });
  expect(await archivesOf(host, 'xztar')).toEqual({
    ok: false,
    error: expect.stringContaining('xz is not installed'),
  });
  expect(host.files.list('/out')).toEqual({ ok: true, value: ['.keep'] });
  expect(missingTool(host, ['gztar', 'xztar'])).toContain('xz is not installed');
  expect(missingTool(host, ['gztar', 'zip'])).toBeUndefined();
});

test('the xz of BusyBox, which only unpacks, is none to pack with', () => {
  const host = new MemoryHost(
    { '/bin/busybox': '', '/xz-utils/xz': '' },
    { environment: { PATH: '/usr/bin' } },
  );
  host.files.setMode('/bin/busybox', 0o755);
  host.files.setMode('/xz-utils/xz', 0o755);
  host.files.makeDirectory('/usr/bin');
  host.files.symlink('/bin/busybox', '/usr/bin/xz');
  expect(missingTool(host, ['xztar'])).toContain('the package is called xz-utils');
  host.files.remove('/usr/bin/xz');
  host.files.symlink('/xz-utils/xz', '/usr/bin/xz');
  expect(missingTool(host, ['xztar'])).toBeUndefined();
});

test('formats have the names of Meson, and names of files say theirs', () => {
  expect(parseFormats('xztar,zip,zstd')).toEqual({ ok: true, value: ['xztar', 'zip', 'zstdtar'] });
  expect(parseFormats('rar')).toEqual({
    ok: false,
    error:
      "Value \"rar\" not one of permitted values ['bztar', 'gztar', 'xztar', 'zip', 'zstdtar'].",
  });
  expect(['a.tar', 'a.tgz', 'a.tar.zst', 'a.zip', 'a'].map(formatOfName)).toEqual([
    'tar',
    'gztar',
    'zstdtar',
    'zip',
    undefined,
  ]);
});
