import { expect, test } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import type { AppendFile } from '../../../src/host/host.ts';
import { LogBytes } from '../../../src/store/log/log-bytes.ts';

/** A file that grows, and how often it was read. */
function growing(): {
  readonly file: AppendFile;
  readonly append: (count: number) => void;
  reads: number;
} {
  const bytes: number[] = [];
  const world = {
    reads: 0,
    append: (count: number) => {
      for (let at = 0; at < count; at++) bytes.push(bytes.length % 251);
    },
    file: {
      append: () => ok(undefined),
      sync: () => ok(undefined),
      close: () => {},
      read: (place: number, into: Uint8Array) => {
        world.reads++;
        const there = bytes.slice(place, place + into.length);
        into.set(there);
        return ok(there.length);
      },
    },
  };
  return world;
}

test('what was appended is read piece by piece, and the last piece again once it has grown', () => {
  const world = growing();
  const log = new LogBytes(new Uint8Array());
  log.follow(world.file, 0);
  const byteAt = (place: number) => log.decode(place, (reader) => reader.byte());
  world.append(1000);
  for (let place = 0; place < 1000; place++) expect(byteAt(place)).toBe(place % 251);
  expect(world.reads).toBe(1);
  world.append(1000);
  expect([byteAt(10), byteAt(1999), byteAt(1000)]).toEqual([10, 1999 % 251, 1000 % 251]);
  expect(world.reads).toBe(2);
  expect(byteAt(2000)).toBeUndefined();
});

test('what ends beyond what a piece had is read whole', () => {
  const world = growing();
  const log = new LogBytes(new Uint8Array());
  log.follow(world.file, 0);
  const lastOf = (place: number, length: number) =>
    log.decode(place, (reader) => {
      let last = 0;
      for (let at = 0; at < length; at++) last = reader.byte();
      return last;
    });
  world.append(100);
  expect(lastOf(0, 100)).toBe(99);
  world.append(100_000);
  expect(lastOf(90, 90_000)).toBe(90_089 % 251);
});
