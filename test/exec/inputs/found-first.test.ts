import { expect, test } from 'vitest';
import { readListing } from '../../../src/exec/inputs/folder-listing.ts';
import type { MemoryHost } from '../../support/memory-host.ts';
import { build, buildDirectory, tinyHost } from '../tiny-build.ts';

const graph = `
  a.o: gcc a.c ; depfile arg=-I/first arg=-I/second
  b.o: gcc b.c ; depfile arg=-I/second
  c.o: gcc c.c ; depfile arg=-I/first arg=-I/second
`;

/** A compiler that copies what `#include NAME` names from the first of its folders that has it. */
function project(): MemoryHost {
  const include = '#include deep/a.h\n';
  const host = tinyHost({
    'a.c': include,
    'b.c': include,
    'c.c': 'c\n',
    '/second/deep/a.h': 'second',
    '/first/other.h': '',
  });
  host.program('gcc', (run) => {
    if (host.files.exists('/broken')) return { code: 1 };
    const [output = '', , input = ''] = run.argv.slice(1).filter((word) => !word.startsWith('-I'));
    const folders = run.argv.filter((word) => word.startsWith('-I')).map((word) => word.slice(2));
    const [, name] = /^#include (.*)$/m.exec(run.read(input)) ?? [];
    const header = folders
      .map((folder) => `${folder}/${name}`)
      .find((path) => host.files.isFile(path));
    run.write(output, header === undefined ? '' : run.read(header));
    run.write(`${output}.d`, `${output}: ${input} ${header ?? ''}\n`);
    return { code: 0 };
  });
  host.tick();
  return host;
}

/** Builds as `kaon` does, and tells what the launcher saw before and what ran. */
async function kaon(host: MemoryHost, launcher = true): Promise<string> {
  const { seen, ran } = await build(host, graph, { launcher, jobs: 1 });
  return [seen, ...ran].join(', ');
}

test.each([true, false])(
  'a header that would be found first is noticed (launcher: %s)',
  async (launcher) => {
    const host = project();
    expect(await kaon(host, launcher)).toBe('unknown, a.o, b.o, c.o');
    host.write('/first/deep/a.h', 'first');
    expect(await kaon(host, launcher)).toBe('unknown, a.o');
    expect(host.read('a.o')).toBe('first');
    expect(await kaon(host, launcher)).toBe(launcher ? 'nothing to do' : 'unknown');
  },
);

test('so is one in a folder that was not there', async () => {
  const host = project();
  host.files.remove('/first/other.h');
  host.files.remove('/first');
  await kaon(host);
  host.write('/first/deep/a.h', 'first');
  expect(await kaon(host)).toBe('unknown, a.o');
});

test.each([
  ['its name', '.'],
  ['its path', buildDirectory],
])('the folders that a build makes itself did not come (%s)', async (_, top) => {
  const host = project();
  host.files.remove('/first/other.h');
  const folders = `arg=-I${top} arg=-Ilib.p arg=-Iother/lib.p arg=-I/second`;
  const inOwnFolders = `
    lib.p/a.o: gcc a.c ; depfile ${folders}
    other/lib.p/c.o: gcc a.c ; depfile ${folders}
  `;
  expect((await build(host, inOwnFolders)).ran).toHaveLength(2);
  const place = { buildDirectory };
  const { listed, came } = readListing(
    { host, place, producersByPath: new Map() },
    { maySay: 'some came' },
  );
  expect([...(listed?.folders.keys() ?? [])].sort()).toEqual(['.', 'lib.p', 'other/lib.p']);
  expect([...came]).toEqual([]);
});

test('other files may come and go', async () => {
  const host = project();
  await kaon(host);
  host.write('/first/new.h', '');
  host.files.remove('/first/other.h');
  expect(await kaon(host)).toBe('nothing to do');
  host.write('/first/deep/b.h', '');
  expect(await kaon(host), 'it may hold a header').toBe('unknown');
  expect(await kaon(host)).toBe('nothing to do');
});

test('a header that comes while something cannot be built is new still once it can', async () => {
  const host = project();
  await kaon(host);
  host.write('/first/deep/a.h', 'first');
  host.write('b.c', 'broken');
  host.write('/broken', '');
  expect(await kaon(host)).toBe('unknown');
  host.write('/first/b.h', '');
  host.files.remove('/broken');
  expect(await kaon(host)).toBe('unknown, a.o, b.o');
  expect(await kaon(host)).toBe('nothing to do');
});

test('what is not built by default is told, too', async () => {
  const host = project();
  await kaon(host);
  host.write('/first/deep/a.h', 'first');
  const only = async (goal: string) => (await build(host, graph, { goals: [goal] })).ran;
  expect(await only('b.o')).toEqual([]);
  expect(await only('a.o')).toEqual(['a.o']);
});

test('where another folder is read from since, that counts too', async () => {
  const host = project();
  await kaon(host);
  host.write('/second/more/b.h', 'more');
  host.write('c.c', '#include more/b.h\n');
  expect(await kaon(host)).toContain('c.o');
  await kaon(host);
  host.write('/first/more/b.h', 'first');
  expect(await kaon(host)).toBe('unknown, c.o');
  expect(host.read('c.o')).toBe('first');
});

/** Whether `deep/a.h` or `a.h` was asked for, the folders do not tell. */
const unclear = `
  a.o: gcc a.c ; depfile arg=-I/first arg=-I/second/deep arg=-I/second
  d.o: gcc a.c ; depfile arg=-I/first arg=-I/second/deep arg=-I/second
`;

test('what is built alone is built once, and others that look there are told still', async () => {
  const host = project();
  const only = async (goal: string) => (await build(host, unclear, { goals: [goal] })).ran;
  expect(await only('all')).toHaveLength(2);
  host.write('/first/a.h', 'first');
  expect(await only('a.o')).toEqual(['a.o']);
  expect(await only('a.o')).toEqual([]);
  expect(await only('d.o')).toEqual(['d.o']);
  expect(await only('all')).toEqual([]);
});

test('files whose names nobody asked for until now did not come', async () => {
  const host = project();
  host.write('/first/more.h', '');
  host.write('/second/deep/more.h', '');
  host.write('e.c', '#include deep/more.h\n');
  const own = `${unclear}  e.o: gcc e.c ; depfile arg=-I/first arg=-I/second/deep arg=-I/second`;
  const only = async (goal: string) => (await build(host, own, { goals: [goal] })).ran;
  expect(await only('a.o')).toEqual(['a.o']);
  expect(await only('e.o')).toEqual(['e.o']);
  host.write('/first/news.h', '');
  expect(await only('e.o')).toEqual([]);
});

/** What generators write beside their outputs: nothing knows of it before it is there. */
function generating(): MemoryHost {
  const host = tinyHost({
    in: '',
    'own/part/a.c': '#include x.h\n',
    'own/part/x.h': 'own',
    'part/other.h': '',
  });
  host.program('gen', (run) => {
    run.write('part/x.h', 'shared');
    run.write('gen.stamp', '');
    host.tick();
  });
  host.tick();
  return host;
}

const seesOwn = 'own/part/a.c ; depfile arg=-I. arg=-Iown';

test('what a command wrote without saying so is no news to those who started after it', async () => {
  const host = generating();
  const ordered = `
    gen.stamp: gen in
    a.o: cc ${seesOwn.replace(' ;', ' || gen.stamp ;')}
  `;
  expect((await build(host, ordered)).ran).toEqual(['gen.stamp', 'a.o']);
  host.tick();
  expect((await build(host, ordered)).ran).toEqual([]);
});

test('to those who started before it, it is', async () => {
  const host = generating();
  const unordered = `
    a.o: cc ${seesOwn}
    gen.stamp: gen in || a.o
  `;
  expect((await build(host, unordered)).ran).toEqual(['a.o', 'gen.stamp']);
  host.tick();
  expect((await build(host, unordered)).ran).toEqual(['a.o']);
  expect((await build(host, unordered)).ran).toEqual([]);
});
