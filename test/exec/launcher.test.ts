import { expect, test } from 'vitest';
import type { MemoryHost } from '../support/memory-host.ts';
import { build, type TinyBuild, tinyHost } from './tiny-build.ts';

const graph = `
  gen.h: cat gen.in
  a.o: cc a.c || gen.h ; depfile
  b.o: cc b.c || gen.h ; depfile
  app: cat a.o b.o
  other: cat b.c
`;

function project(): MemoryHost {
  const host = tinyHost({ 'gen.in': 'gen\n', 'a.c': '#include gen.h\n', 'b.c': 'b\n', 'c.h': '' });
  host.write('new.h', 'new\n');
  host.tick();
  return host;
}

/** Builds as `kaon` does, and tells what the launcher saw before and what ran. */
async function kaon(host: MemoryHost, of = graph): Promise<string> {
  const { seen, ran }: TinyBuild = await build(host, of, { launcher: true });
  return [seen, ...ran].join(', ');
}

test('after any build the launcher knows that there is nothing to do', async () => {
  const host = project();
  expect(await kaon(host)).toBe('unknown, gen.h, other, a.o, b.o, app');
  expect(await kaon(host)).toBe('nothing to do');
  host.write('a.c', 'a\n');
  expect(await kaon(host)).toBe('few changes, a.o, app');
  expect(await kaon(host)).toBe('nothing to do');
});

test('what is made from what changed is made again, and no more', async () => {
  const host = project();
  await kaon(host);
  host.write('gen.in', 'other\n');
  expect(await kaon(host)).toBe('few changes, gen.h, a.o, app');
  expect(await kaon(host)).toBe('nothing to do');
  host.write('b.c', '//only a comment\nb\n');
  expect(await kaon(host)).toBe('few changes, b.o, other');
  expect(await kaon(host)).toBe('nothing to do');
  expect(host.read('app')).toBe('other\n\nb\n');
});

test('a touch, a deleted and a tampered output', async () => {
  const host = project();
  await kaon(host);
  host.files.setTimes('a.c', 1e12);
  expect(await kaon(host)).toBe('few changes');
  expect(await kaon(host)).toBe('nothing to do');
  host.write('b.o', 'X\n');
  expect(await kaon(host)).toBe('few changes, b.o');
  host.files.remove('b.o');
  expect(await kaon(host)).toBe('few changes, b.o');
  expect(await kaon(host)).toBe('nothing to do');
});

test('an input that was not there before is looked at from then on', async () => {
  const host = project();
  await kaon(host);
  host.write('a.c', '#include new.h\n');
  expect(await kaon(host)).toBe('few changes, a.o, app');
  expect(await kaon(host)).toBe('nothing to do');
  host.write('new.h', 'newer\n');
  expect(await kaon(host)).toBe('few changes, a.o, app');
  expect(await kaon(host)).toBe('nothing to do');
});

test('a failed build leaves no proof, and what failed is tried again', async () => {
  const host = project();
  await kaon(host);
  host.write('a.c', '#include none.h\n');
  expect(await kaon(host)).toBe('few changes');
  expect(await kaon(host)).toBe('unknown');
  host.write('a.c', 'a\n');
  expect(await kaon(host)).toBe('unknown, a.o, app');
  expect(await kaon(host)).toBe('nothing to do');
});

test('what runs each time runs alone, and what reads its output only when that changed', async () => {
  const versioned = `${graph}
    version.h: cat version ; always
    v.o: cc v.c || version.h ; depfile
  `;
  const host = project();
  host.write('version', '1\n');
  host.write('v.c', '#include version.h\n');
  host.tick();
  await kaon(host, versioned);
  expect(await kaon(host, versioned)).toBe('few changes, version.h');
  host.write('version', '2\n');
  expect(await kaon(host, versioned)).toBe('few changes, version.h, v.o');
  host.write('b.c', 'B\n');
  const both = await build(host, versioned, { launcher: true });
  expect(both.seen).toBe('few changes');
  expect(both.ran.toSorted()).toEqual(['app', 'b.o', 'other', 'version.h']);
  expect(await kaon(host, versioned)).toBe('few changes, version.h');
});

test('what an action makes in its folder is known as it is now, and as it was before', async () => {
  const host = tinyHost({ data: 'one\n', 'main.c': '#include gen/x\n' });
  host.program('script', (run) => {
    run.files.makeDirectory('/project/gen');
    run.write('gen/x', run.read('data'));
    run.write('list', '//\n');
  });
  const of = 'list gen: script data\napp: cc main.c list ; depfile';
  await kaon(host, of);
  host.write('main.c', '//\n#include gen/x\n');
  host.write('data', 'two\n');
  expect(await kaon(host, of)).toBe('few changes, list gen, app');
  expect(await kaon(host, of)).toBe('nothing to do');
  host.write('main.c', '//!\n#include gen/x\n');
  host.write('data', 'six\n');
  expect(await kaon(host, of)).toBe('few changes, list gen, app');
  host.write('data', 'two\n');
  expect(await kaon(host, of)).toBe('few changes, list gen, app');
  expect(host.read('app')).toBe('two\n\n');
});
