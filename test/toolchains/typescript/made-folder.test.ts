import { expect, test } from 'vitest';
import { stagingFolder, takeFolder } from '../../../src/toolchains/typescript/made-folder.ts';
import { refreshMirror } from '../../../src/toolchains/typescript/mirror.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const folder = { path: '/b/site', contents: '/b/site.contents' };
const mirror = { source: '/p', mirror: '/b/packages' };

function made(host: MemoryHost, written: Readonly<Record<string, string>>) {
  const staging = stagingFolder(host.files, folder);
  for (const [name, text] of Object.entries(written))
    host.write(`${staging.ok ? staging.value : ''}/${name}`, text);
  return takeFolder(host.files, folder, mirror);
}

test('a folder that a tool made has all of one run and nothing of those before', () => {
  const host = new MemoryHost({ '/b/other': '' });
  expect(
    made(host, { 'a.js': '1', 'assets/x.js.map': '{"sources":["../../packages/x.ts"]}' }),
  ).toEqual({ ok: true, value: ['/b/site/a.js', '/b/site/assets/x.js.map'] });
  expect(host.files.readText('/b/site/assets/x.js.map')).toMatchObject({
    value: expect.stringContaining('../../../p/x.ts'),
  });
  const before = host.files.readText(folder.contents);
  expect(made(host, { 'a.js': '2' })).toMatchObject({ value: ['/b/site/a.js'] });
  expect(host.files.exists('/b/site/assets')).toBe(false);
  expect(host.files.exists('/b/site.new')).toBe(false);
  expect(host.files.readText(folder.contents)).not.toEqual(before);
});

test('a folder that came out the same is left as it is', () => {
  const host = new MemoryHost({ '/b/other': '' });
  made(host, { 'a.js': '1' });
  const inode = host.files.stat('/b/site/a.js')?.inode;
  made(host, { 'a.js': '1' });
  expect(host.files.stat('/b/site/a.js')?.inode).toBe(inode);
});

test('a folder is replaced after a run that failed, whose outputs were removed', () => {
  const host = new MemoryHost({ '/b/other': '' });
  made(host, { 'a.js': '1' });
  host.files.remove(folder.contents);
  expect(made(host, { 'a.js': '2' })).toMatchObject({ value: ['/b/site/a.js'] });
});

test('a folder with files of others is not replaced', () => {
  const host = new MemoryHost({ '/b/site/of-others': '' });
  expect(made(host, { 'a.js': '1' })).toMatchObject({
    error: { path: '/b/site', reason: 'Files lie there that this did not make' },
  });
  expect(host.files.isFile('/b/site/of-others')).toBe(true);
});

test('a folder that was generated is shown with what is in it now', () => {
  const host = new MemoryHost({ '/p/a.ts': '', '/b/pkg/x.js': '1', '/b/pkg/in/y.js': '2' });
  const all = { ...mirror, generated: ['/b/pkg'] };
  refreshMirror(host.files, all);
  host.files.remove('/b/pkg/x.js');
  host.write('/b/pkg/in/y.js', '3');
  refreshMirror(host.files, all);
  expect(host.files.list('/b/packages/generated/pkg')).toMatchObject({ value: ['in'] });
  expect(host.files.readText('/b/packages/generated/pkg/in/y.js')).toMatchObject({ value: '3' });
});
