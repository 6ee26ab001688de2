import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { inflateSync } from 'node:zlib';
import { ByteStream } from './byte-stream.ts';
import { elfSections } from './elf-sections.ts';
import type { LineTable } from './line-counts.ts';
import { type Counters, functionKey } from './llvm-profile.ts';

/** A piece of source that runs as often as its counter says. Columns count from 1. */
interface Region {
  readonly kind: 'code' | 'gap' | 'other';
  readonly file: number;
  readonly count: number;
  readonly start: readonly [line: number, column: number];
  readonly end: readonly [line: number, column: number];
}

/**
 * Adds the lines of a program that rustc or clang instrumented: its coverage mapping says which
 * counters, or sums and differences of them, stand for which pieces of source.
 */
export function addProgram(program: Uint8Array, counters: Counters, table: LineTable): void {
  const sections = elfSections(program, ['__llvm_covmap', '__llvm_covfun']);
  const [maps, functions] = [sections.get('__llvm_covmap'), sections.get('__llvm_covfun')];
  if (maps === undefined || functions === undefined) return;
  const names = fileNames(maps);
  const view = new DataView(functions.buffer, functions.byteOffset, functions.byteLength);
  const seen = new Set<string>();
  for (let at = 0; at + 28 <= functions.length; ) {
    const size = view.getUint32(at + 8, true);
    const key = functionKey(view.getBigUint64(at, true), view.getBigUint64(at + 12, true));
    const files = names.get(view.getBigUint64(at + 20, true));
    const data = functions.subarray(at + 28, at + 28 + size);
    if (files !== undefined && !seen.has(key)) {
      addFunction(data, { files, counters: counters.get(key) ?? [], table });
    }
    seen.add(key);
    at += Math.ceil((28 + size) / 8) * 8;
  }
}

/** File names of each compilation, by the hash by which its functions refer to them. */
function fileNames(bytes: Uint8Array): ReadonlyMap<bigint, readonly string[]> {
  const found = new Map<bigint, readonly string[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 16 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const blob = bytes.subarray(at + 16, at + 16 + size);
    const hash = createHash('md5').update(blob).digest().readBigUInt64LE(0);
    found.set(hash, decodedNames(blob));
    at += Math.ceil((16 + size) / 8) * 8;
  }
  return found;
}

/** The first name is the folder that others are relative to. */
function decodedNames(blob: Uint8Array): readonly string[] {
  const head = new ByteStream(blob);
  const count = head.number();
  head.number();
  const compressed = head.number();
  const packed = head.rest();
  const stream = new ByteStream(
    compressed === 0 ? packed : inflateSync(packed.subarray(0, compressed)),
  );
  const names = Array.from({ length: count }, () => stream.text(stream.number()));
  const [folder = ''] = names;
  return names.map((name) => posix.join(name.startsWith('/') ? '' : folder, name));
}

interface FunctionContext {
  readonly files: readonly string[];
  readonly counters: readonly number[];
  readonly table: LineTable;
}

function addFunction(data: Uint8Array, { files, counters, table }: FunctionContext): void {
  const stream = new ByteStream(data);
  const own = Array.from({ length: stream.number() }, () => files[stream.number()] ?? '');
  const expressions = Array.from({ length: stream.number() }, () => [
    stream.number(),
    stream.number(),
  ]);
  const known = new Map<number, number>();
  const countOf = (encoded: number): number => {
    const id = encoded >>> 2;
    switch (encoded & 3) {
      case 0:
        return 0;
      case 1:
        return counters[id] ?? 0;
      default: {
        const before = known.get(encoded);
        if (before !== undefined) return before;
        // Against expressions that name themselves.
        known.set(encoded, 0);
        const [left = 0, right = 0] = expressions[id] ?? [];
        const sign = (encoded & 3) === 2 ? -1 : 1;
        const value = Math.max(0, countOf(left) + sign * countOf(right));
        known.set(encoded, value);
        return value;
      }
    }
  };
  for (const [file, path] of own.entries()) {
    const regions = readRegions(stream, file, countOf);
    addLines(
      regions.filter(({ kind }) => kind !== 'other'),
      (line, count) => table.add(path, line, count),
    );
  }
}

function readRegions(
  stream: ByteStream,
  file: number,
  countOf: (encoded: number) => number,
): readonly Region[] {
  let line = 0;
  return Array.from({ length: stream.number() }, () => {
    const encoded = stream.number();
    const isPlain = (encoded & 3) !== 0 || encoded === 0;
    const kind = isPlain || (encoded & 4) !== 0 ? 0 : encoded >>> 3;
    const isExpansion = !isPlain && (encoded & 4) !== 0;
    // Branches have two counters, decisions two numbers, their conditions both and one more.
    for (let n = [0, 0, 0, 0, 2, 2, 5][kind] ?? 0; n > 0; n--) stream.number();
    line += stream.number();
    const column = stream.number();
    const lines = stream.number();
    const last = stream.number();
    const isGap = last >= 2 ** 31;
    const end = isGap ? last - 2 ** 31 : last;
    const isWhole = column === 0 && end === 0;
    return {
      kind: isExpansion || kind !== 0 ? 'other' : isGap ? 'gap' : 'code',
      file,
      count: isPlain ? countOf(encoded) : 0,
      start: [line, isWhole ? 1 : column],
      end: [line + lines, isWhole ? Number.MAX_SAFE_INTEGER : end],
    };
  });
}

/** A line runs as often as the region around its start, or one that starts on it, whichever more. */
function addLines(regions: readonly Region[], add: (line: number, count: number) => void): void {
  const code = regions.filter(({ kind }) => kind === 'code');
  const first = Math.min(...code.map(({ start }) => start[0]));
  const last = Math.max(...code.map(({ end }) => end[0]));
  for (let line = first; line <= last; line++) {
    const starting = code.filter(({ start }) => start[0] === line);
    // The innermost one starts last.
    const around = regions
      .filter(
        ({ start, end }) => start[0] < line && (end[0] > line || (end[0] === line && end[1] > 1)),
      )
      .reduce<Region | undefined>(
        (inner, each) => (inner === undefined || isAfter(each, inner) ? each : inner),
        undefined,
      );
    const counts = [...starting, ...(around === undefined ? [] : [around])].map(
      (each) => each.count,
    );
    if (counts.length > 0) add(line, Math.max(...counts));
  }
}

function isAfter(a: Region, b: Region): boolean {
  return a.start[0] > b.start[0] || (a.start[0] === b.start[0] && a.start[1] >= b.start[1]);
}
