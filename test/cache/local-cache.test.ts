import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Digest } from '../../src/cache/action-cache.ts';
import { emptyCache, trimCache } from '../../src/cache/cache-size.ts';
import { localCache } from '../../src/cache/local-cache.ts';
import { MemoryHost } from '../support/memory-host.ts';

const digestOf = (text: string): Digest => ({
  hash: createHash('sha256').update(text).digest('hex'),
  sizeBytes: text.length,
});

const outputOf = (text: string) => ({ path: 'a.o', digest: digestOf(text), isExecutable: true });

test('what was taken in is given out again, as executable as it was', async () => {
  const host = new MemoryHost({ 'a.o': 'object' });
  const cache = localCache(host, '/cache');
  expect(await cache.takeIn(digestOf('object'), '/project/a.o')).toBe(true);
  expect(await cache.giveOut(outputOf('object'), '/project/deep/b.o')).toBe(true);
  expect(host.read('deep/b.o')).toBe('object');
  expect((host.files.stat('/project/deep/b.o')?.mode ?? 0) & 0o111).not.toBe(0);
});

test('a result is found by the digest of its action alone', async () => {
  const cache = localCache(new MemoryHost(), '/cache');
  const result = { outputFiles: [outputOf('object')], stdoutRaw: 'a warning' };
  await cache.remember(digestOf('action'), result);
  expect(await cache.result(digestOf('action'))).toEqual(result);
  expect(await cache.result(digestOf('other'))).toBeUndefined();
});

test('a file that changed since it was digested is not taken in', async () => {
  const host = new MemoryHost({ 'a.o': 'objecT' });
  const cache = localCache(host, '/cache');
  expect(await cache.takeIn(digestOf('object'), '/project/a.o')).toBe(false);
  expect(await cache.giveOut(outputOf('object'), '/project/b.o')).toBe(false);
});

test('a file that is as it was when it was digested is not read again', async () => {
  const host = new MemoryHost({ 'a.o': 'object' });
  const cache = localCache(host, '/cache');
  const seen = host.files.stat('/project/a.o');
  expect(await cache.takeIn(digestOf('object'), '/project/a.o', seen)).toBe(true);
  expect([...host.files.reads.keys()].filter((path) => path.includes('/cas/'))).toEqual([]);
  host.tick();
  host.write('a.o', 'other!');
  expect(await cache.takeIn(digestOf('object two'), '/project/a.o', seen)).toBe(false);
  expect(await cache.takeIn(digestOf('other?'), '/project/a.o', seen)).toBe(false);
});

test('what is damaged counts as absent, and goes', async () => {
  const host = new MemoryHost({ 'a.o': 'object' });
  const cache = localCache(host, '/cache');
  const { hash } = digestOf('object');
  await cache.takeIn(digestOf('object'), '/project/a.o');
  const content = `/cache/v1/cas/${hash.slice(0, 2)}/${hash}`;
  host.files.remove(content);
  host.write(content, 'OBJECT');
  expect(await cache.giveOut(outputOf('object'), '/project/b.o')).toBe(false);
  expect(host.files.exists(content)).toBe(false);
  for (const text of ['{', '{}', '{"outputFiles":[{"path":1}],"stdoutRaw":""}']) {
    host.write(`/cache/v1/ac/${hash.slice(0, 2)}/${hash}`, text);
    expect(await cache.result(digestOf('object'))).toBeUndefined();
  }
});

test('what was not used for longest goes first when there is too much', async () => {
  const host = new MemoryHost({ a: 'a'.repeat(100), b: 'b'.repeat(100) });
  const cache = localCache(host, '/cache');
  const [a, b] = ['a'.repeat(100), 'b'.repeat(100)];
  await cache.takeIn(digestOf(a), '/project/a');
  host.tick();
  await cache.takeIn(digestOf(b), '/project/b');
  host.tick();
  await cache.giveOut(outputOf(a), '/project/used');
  expect(trimCache(host, '/cache', 200)).toEqual({ bytes: 200, entries: 2 });
  expect(trimCache(host, '/cache', 150)).toEqual({ bytes: 100, entries: 1 });
  expect(await cache.giveOut(outputOf(a), '/project/c')).toBe(true);
  expect(await cache.giveOut(outputOf(b), '/project/d')).toBe(false);
});

test('what a killed build left half written goes, however small the cache is', async () => {
  const host = new MemoryHost({ a: 'a' });
  await localCache(host, '/cache').takeIn(digestOf('a'), '/project/a');
  const { hash } = digestOf('b');
  host.write(`/cache/v1/cas/${hash.slice(0, 2)}/${hash}.4711`, 'b');
  expect(trimCache(host, '/cache', 1e9).entries, 'it may be written just now').toBe(2);
  host.tick(3_600_000);
  expect(trimCache(host, '/cache', 1e9)).toEqual({ bytes: 1, entries: 1 });
});

test('an emptied cache holds nothing, nor what another left that was killed while it emptied it', async () => {
  const host = new MemoryHost({ 'a.o': 'object' });
  const cache = localCache(host, '/cache');
  expect(await cache.takeIn(digestOf('object'), '/project/a.o')).toBe(true);
  host.files.makeDirectory('/cache/gone-7-v1/cas/00');
  host.files.write('/cache/limit', '5');
  expect(emptyCache(host, '/cache').ok).toBe(true);
  expect(host.files.list('/cache')).toMatchObject({ value: ['limit'] });
  expect(await cache.takeIn(digestOf('object'), '/project/a.o')).toBe(true);
});
