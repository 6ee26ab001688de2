import { posix } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldersToList, type Reads } from '../../../src/exec/inputs/folders-to-list.ts';
import { below, inFolder } from '../../../src/exec/inputs/in-folder.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const place = { sourceDirectory: '/project', buildDirectory: '/project/build' };

test('where a folder that is searched first has not the folder of a header, the nearest above it is listed', () => {
  const host = new MemoryHost({
    '/project/build/first/sys/old.h': '',
    '/project/build/second/sys/types/a.h': '',
  });
  const reads = [
    { folders: ['first', 'second', 'third'], dirs: new Set(['second/sys/types', 'third/net']) },
  ];
  expect([...foldersToList({ host, place }, reads)].sort()).toEqual([
    'first',
    'first/sys',
    'second',
  ]);
});

const names = fc.constantFrom('a', 'b', 'c');
const folders = fc.oneof(
  fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
  fc.constantFrom('.', '..', '../x', '/usr/a', '/usr'),
);
const someReads: fc.Arbitrary<Reads> = fc.record({
  folders: fc.uniqueArray(folders, { maxLength: 4 }),
  dirs: fc.array(folders, { maxLength: 6 }).map((dirs) => new Set(dirs)),
});

test('listed are the folders nearest to where each header would lie in those searched before', () => {
  fc.assert(
    fc.property(
      fc.array(folders, { maxLength: 5 }),
      fc.array(folders, { maxLength: 2 }),
      fc.array(someReads, { maxLength: 3 }),
      (dirs, files, reads) => {
        const host = new MemoryHost({ '/project/build/meson.build': '' });
        for (const dir of dirs) host.files.makeDirectory(whole(dir));
        for (const file of files)
          if (host.files.stat(whole(file)) === undefined) host.write(whole(file), '');
        const isFolder = (path: string) => host.files.isDirectory(whole(path));
        expect([...foldersToList({ host, place }, reads)].sort()).toEqual(
          [...byDefinition(reads, isFolder)].sort(),
        );
      },
    ),
  );
});

function whole(path: string): string {
  return path.startsWith('/') ? path : posix.join(place.buildDirectory, path);
}

/** Header by header and folder by folder. */
function byDefinition(
  reads: readonly Reads[],
  isFolder: (path: string) => boolean,
): ReadonlySet<string> {
  const nearest = (path: string): string =>
    isFolder(path) || posix.basename(path) === '..' || posix.dirname(path) === path
      ? path
      : nearest(posix.dirname(path));
  const wanted = new Set<string>();
  for (const { folders: searched, dirs } of reads) {
    for (const dir of dirs) {
      for (const [at, folder] of searched.entries()) {
        const name = dir === folder ? '.' : below(folder, dir);
        if (name === undefined) continue;
        for (const earlier of searched.slice(0, at)) wanted.add(nearest(inFolder(earlier, name)));
      }
    }
  }
  return wanted;
}
