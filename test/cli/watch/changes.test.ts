import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { Changes } from '../../../src/cli/watch/changes.ts';
import { ignoredBy } from '../../../src/cli/watch/ignored.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const never = new AbortController().signal;

test('changes that come close together are one', async () => {
  const changes = new Changes(new MemoryHost().clock);
  changes.add('/p/a.c');
  changes.add('/p/b.c');
  expect([...(await changes.next(never, () => false))]).toEqual(['/p/a.c', '/p/b.c']);
});

test('a change while nobody waits is kept for the next', async () => {
  const changes = new Changes(new MemoryHost().clock);
  changes.add('/p/a.c');
  await changes.next(never, () => false);
  changes.add('/p/b.c');
  expect([...(await changes.next(never, () => false))]).toEqual(['/p/b.c']);
});

test('who waits is woken by the first change, and waits on while a checkout is under way', async () => {
  const host = new MemoryHost();
  const changes = new Changes(host.clock);
  let looks = 0;
  const waiting = changes.next(never, () => {
    looks++;
    if (looks === 2) changes.add('/p/last.c');
    return looks < 3;
  });
  changes.add('/p/first.c');
  expect([...(await waiting)]).toEqual(['/p/first.c', '/p/last.c']);
});

test('whoever waits is let go when it is to stop', async () => {
  const stop = new AbortController();
  const waiting = new Changes(new MemoryHost().clock).next(stop.signal, () => false);
  stop.abort();
  expect((await waiting).size).toBe(0);
});

test('nothing piles up however often someone waited', async () => {
  const stop = new AbortController();
  const changes = new Changes(new MemoryHost().clock);
  for (let time = 0; time < 20; time++) {
    const waiting = changes.next(stop.signal, () => false);
    changes.add('/p/a.c');
    await waiting;
  }
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});

test('what editors leave for a moment, version control and build directories are no sources', () => {
  const host = new MemoryHost({ '/p/other/meson-private/coredata.dat': '' });
  const ignores = ignoredBy(host.files, { sourceRoot: '/p', buildRoot: '/p/build' });
  const ignored = ['/p/.git', '/p/build', '/p/other', '/p/.a.c.swp', '/p/a.c~', '/p/4913'];
  expect(ignored.filter((path) => !ignores(path))).toEqual([]);
  const sources = ['/p', '/p/a.c', '/p/sub/meson.build', '/p/builder'];
  expect(sources.filter(ignores)).toEqual([]);
});
