import { expect, test } from 'vitest';
import { filesBelow } from '../../src/host/files-below.ts';
import { MemoryHost } from '../support/memory-host.ts';

const { files } = new MemoryHost({
  '/p/z.c': '',
  '/p/a/b.h': '',
  '/p/.git/HEAD': '',
  '/p/a/.git/HEAD': '',
});
files.symlink('/p', '/p/a/loop');
files.setMode('/p/z.c', 0o755);

test('files and links are listed in order, and links to folders not followed', () => {
  expect(filesBelow(files, '/p', { enters: (name) => name !== '.git' })).toEqual([
    { path: 'a/b.h', kind: 'file', executable: false },
    expect.objectContaining({ path: 'a/loop', kind: 'symlink' }),
    { path: 'z.c', kind: 'file', executable: true },
  ]);
});

test('all folders are entered unless told', () => {
  expect(filesBelow(files, '/p').map(({ path }) => path)).toContain('a/.git/HEAD');
});

test('what cannot be listed counts as empty, and is told of', () => {
  const faults: string[] = [];
  const onFault = ({ kind, path }: { kind: string; path: string }) =>
    faults.push(`${kind} ${path}`);
  expect(filesBelow(files, '/none', { onFault })).toEqual([]);
  expect(faults).toEqual(['missing /none']);
});
