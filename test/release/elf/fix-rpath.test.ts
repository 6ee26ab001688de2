import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dynamicTags, readElf, stringBytes } from '../../../src/release/elf/elf-file.ts';
import { fixRpath } from '../../../src/release/elf/fix-rpath.ts';

interface Made {
  readonly wide: boolean;
  readonly littleEndian: boolean;
  readonly rpath: string;
  readonly tag?: number;
  /** A symbol whose name is the end of the rpath, stored inside of it. */
  readonly sharedTail?: number;
}

const needed = 'libc.so';

/** A tiny shared library: two program headers, a dynamic section, its strings, and a symbol table. */
function makeElf({ wide, littleEndian, rpath, tag = dynamicTags.runpath, sharedTail }: Made) {
  const bytes = new Uint8Array(1024);
  const view = new DataView(bytes.buffer);
  const word = wide ? 8 : 4;
  const half = (at: number, value: number): void => view.setUint16(at, value, littleEndian);
  const long = (at: number, value: number): void => view.setUint32(at, value, littleEndian);
  const native = (at: number, value: number): void =>
    wide ? view.setBigUint64(at, BigInt(value), littleEndian) : long(at, value);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, littleEndian ? 1 : 2, 1]);
  const [headers, dynamic, strings, symbols, sections] = [64, 256, 400, 700, 800];
  const base = 0x10000; // where the file is loaded
  native(wide ? 32 : 28, headers);
  native(wide ? 40 : 32, sections);
  const headerSize = wide ? 56 : 32;
  half(wide ? 54 : 42, headerSize);
  half(wide ? 56 : 44, 2);
  half(wide ? 58 : 46, wide ? 64 : 40);
  half(wide ? 60 : 48, 1);
  const segment = (index: number, type: number, offset: number, size: number): void => {
    const at = headers + index * headerSize;
    long(at, type);
    native(at + (wide ? 8 : 4), offset);
    native(at + (wide ? 16 : 8), base + offset);
    native(at + (wide ? 32 : 16), size);
  };
  segment(0, 1, 0, bytes.length);
  segment(1, 2, dynamic, 6 * 2 * word);
  const table = `\0${needed}\0${rpath}\0`;
  bytes.set(new TextEncoder().encode(table), strings);
  const rpathAt = table.indexOf(`\0${rpath}\0`, 1) + 1;
  const entries = [
    [dynamicTags.needed, 1],
    [dynamicTags.strtab, base + strings],
    [tag, rpathAt],
    [dynamicTags.soname, 1],
  ];
  for (const [index, [each = 0, value = 0]] of entries.entries()) {
    native(dynamic + index * 2 * word, each);
    native(dynamic + index * 2 * word + word, value);
  }
  // One section: the dynamic symbols, of which the second may have its name inside of the rpath.
  long(sections + 4, 11);
  native(sections + (wide ? 24 : 16), symbols);
  const symbolSize = wide ? 24 : 16;
  native(sections + (wide ? 32 : 20), 2 * symbolSize);
  if (sharedTail !== undefined) long(symbols + symbolSize, rpathAt + rpath.length - sharedTail);
  return { bytes, tailAt: strings + rpathAt + rpath.length - (sharedTail ?? 0) };
}

function rpathOf(bytes: Uint8Array): string | undefined {
  const elf = readElf(bytes);
  const entry = elf?.dynamic.find(({ tag }) => [15, 29].includes(tag));
  if (elf === undefined || entry === undefined) return undefined;
  return new TextDecoder().decode(stringBytes(elf, entry.value));
}

const kinds = [true, false].flatMap((wide) =>
  [true, false].map((littleEndian) => ({ wide, littleEndian })),
);

test.each(kinds)('the build rpath becomes the one to install: %o', (kind) => {
  const { bytes } = makeElf({ ...kind, rpath: '$ORIGIN/sub:/from/pkg-config:XXXXXXXXXXXX' });
  const change = { remove: new Set(['$ORIGIN/sub']), install: '/usr/lib/x' };
  expect(fixRpath(bytes, change)).toEqual({ ok: true, value: bytes });
  expect(rpathOf(bytes)).toBe('/usr/lib/x:/from/pkg-config');
  expect(new TextDecoder().decode(bytes)).not.toContain('ORIGIN');
});

test.each(kinds)('where nothing is left the entry goes, and the others stay: %o', (kind) => {
  const { bytes } = makeElf({ ...kind, rpath: '$ORIGIN/sub', tag: dynamicTags.rpath });
  fixRpath(bytes, { remove: new Set(['$ORIGIN/sub']), install: '' });
  expect(rpathOf(bytes)).toBeUndefined();
  expect(readElf(bytes)?.dynamic.map(({ tag }) => tag)).toEqual([1, 5, 14]);
  expect(new TextDecoder().decode(bytes)).not.toContain('ORIGIN');
  // As Meson leaves it, so that installed files compare byte by byte.
  expect(new TextDecoder().decode(bytes)).toContain('X'.repeat('$ORIGIN/sub'.length));
});

test('a name that is stored in the end of the rpath survives', () => {
  const made = { wide: true, littleEndian: true, rpath: '/build/lib/foo', sharedTail: 3 };
  const { bytes, tailAt } = makeElf(made);
  fixRpath(bytes, { remove: new Set(['/build/lib/foo']), install: '' });
  expect(rpathOf(bytes)).toBeUndefined();
  expect(new TextDecoder().decode(bytes.subarray(tailAt, tailAt + 4))).toBe('foo\0');
  const other = makeElf(made);
  const refused = fixRpath(other.bytes, {
    remove: new Set(['/build/lib/foo']),
    install: '/usr/lib/far',
  });
  expect(refused.ok).toBe(false);
});

test('an rpath that has no room to grow is told of', () => {
  const { bytes } = makeElf({ wide: true, littleEndian: true, rpath: '/a' });
  expect(fixRpath(bytes, { remove: new Set(), install: '/longer' })).toEqual({
    ok: false,
    error: 'The rpath /a cannot become /longer:/a: its dynamic section names no string table',
  });
});

test('what is no ELF file, or a damaged one, is left alone', () => {
  const { bytes } = makeElf({ wide: true, littleEndian: true, rpath: '/a:/b' });
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 1023 }),
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 0, max: 1024 }),
      (at, value, length) => {
        const damaged = bytes.slice(0, length);
        damaged[at] = value;
        fixRpath(damaged, { remove: new Set(['/a']), install: '' });
        fixRpath(damaged, { remove: new Set(), install: '/longer/than/before' });
      },
    ),
  );
  expect(
    fixRpath(new TextEncoder().encode('#!/bin/sh\n'), { remove: new Set(), install: '/x' }),
  ).toEqual({ ok: true, value: undefined });
});
