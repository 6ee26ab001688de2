import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { Changes } from '../../../src/cli/watch/changes.ts';
import { gitWork } from '../../../src/cli/watch/git-work.ts';
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

test('the more has changed, the longer the rest may take to be noticed', async () => {
  const waited = async (count: number): Promise<number> => {
    const { clock } = new MemoryHost();
    const changes = new Changes(clock);
    for (let number = 0; number < count; number++) changes.add(`/p/${number}.c`);
    const from = clock.monotonicMs();
    expect((await changes.next(never, () => false)).size).toBe(count);
    return clock.monotonicMs() - from;
  };
  expect(await waited(1)).toBeLessThan(30);
  expect(await waited(5000)).toBeGreaterThan(500);
});

test('git is at work while its lock is there, in whatever folder of a checkout; a lock that it left is none', () => {
  const host = new MemoryHost({ '/p/.git/HEAD': '', '/w/.git': 'gitdir: /p/.git/worktrees/w\n' });
  const all = ['/p', '/p/sub', '/w/sub', '/q'].map((folder) => gitWork(host, folder));
  const busy = (): readonly boolean[] => all.map((each) => each());
  expect(busy()).toEqual([false, false, false, false]);
  host.write('/p/.git/index.lock', '');
  expect(busy()).toEqual([true, true, false, false]);
  host.write('/p/.git/worktrees/w/index.lock', '');
  expect(busy()).toEqual([true, true, true, false]);
  host.files.setTimes('/p/.git/index.lock', host.clock.nowMs() - 3_600_000);
  expect(busy()).toEqual([false, false, true, false]);
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
