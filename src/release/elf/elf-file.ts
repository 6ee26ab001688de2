/** A dynamically linked ELF file in memory, 32 or 64 bit, of either byte order; edits change its bytes in place. */
export interface ElfFile {
  readonly bytes: Uint8Array;
  readonly wide: boolean;
  readonly littleEndian: boolean;
  /** Where the dynamic section's entries lie in the file, the closing one not counted. */
  readonly dynamic: readonly DynamicEntry[];
  readonly dynamicOffset: number;
  /** Whether a closing entry stands behind them, as it should. */
  readonly closed: boolean;
  /** The dynamic string table, as an offset in the file. */
  readonly stringsOffset: number;
  /** Offsets in the string table that something but an rpath uses. */
  readonly usedStrings: readonly number[];
}

export interface DynamicEntry {
  readonly tag: number;
  readonly value: number;
}

export const dynamicTags = {
  needed: 1,
  strtab: 5,
  strsz: 10,
  soname: 14,
  rpath: 15,
  runpath: 29,
  mipsRldMapRel: 0x70000035,
  auxiliary: 0x7ffffffd,
  filter: 0x7fffffff,
} as const;

const programHeaderLoad = 1;
const programHeaderDynamic = 2;
const sectionDynamicSymbols = 11;

/** Undefined when this is no ELF file, or one that is not dynamically linked, or one that is damaged. */
export function readElf(bytes: Uint8Array): ElfFile | undefined {
  if (bytes.length < 52 || String.fromCharCode(...bytes.subarray(1, 4)) !== 'ELF') return undefined;
  const [wide, littleEndian] = [bytes[4] === 2, bytes[5] === 1];
  const read = reader(bytes, { wide, littleEndian });
  try {
    const segments = programHeaders(read);
    const dynamicSegment = segments.find(({ type }) => type === programHeaderDynamic);
    if (dynamicSegment === undefined) return undefined;
    const dynamic = dynamicEntries(read, dynamicSegment);
    const strings = dynamic.find(({ tag }) => tag === dynamicTags.strtab);
    const segment = segments.find(
      ({ type, address, size }) =>
        type === programHeaderLoad &&
        strings !== undefined &&
        strings.value >= address &&
        strings.value < address + size,
    );
    if (strings === undefined || segment === undefined) return undefined;
    return {
      bytes,
      wide,
      littleEndian,
      dynamic,
      dynamicOffset: dynamicSegment.offset,
      closed: (dynamic.length + 1) * (wide ? 16 : 8) <= dynamicSegment.size,
      stringsOffset: segment.offset + (strings.value - segment.address),
      usedStrings: [...stringsOfEntries(dynamic), ...stringsOfSymbols(read)],
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined; // it ends before what its headers promise
    throw error;
  }
}

/** The string at an offset of the dynamic string table, as bytes. */
export function stringBytes({ bytes, stringsOffset }: ElfFile, offset: number): Uint8Array {
  const start = stringsOffset + offset;
  const end = bytes.indexOf(0, start);
  return bytes.subarray(start, end === -1 ? bytes.length : end);
}

/** Writes the dynamic section's entries anew; the closing ones behind them are the caller's. */
export function writeDynamic(elf: ElfFile, entries: readonly DynamicEntry[]): void {
  const view = viewOf(elf.bytes);
  const word = elf.wide ? 8 : 4;
  for (const [index, { tag, value }] of entries.entries()) {
    const at = elf.dynamicOffset + index * 2 * word;
    if (elf.wide) {
      view.setBigInt64(at, BigInt(tag), elf.littleEndian);
      view.setBigUint64(at + word, BigInt.asUintN(64, BigInt(value)), elf.littleEndian);
    } else {
      view.setInt32(at, tag, elf.littleEndian);
      view.setUint32(at + word, value >>> 0, elf.littleEndian);
    }
  }
}

interface Reader {
  readonly wide: boolean;
  half(at: number): number;
  word(at: number): number;
  /** An address, an offset or a size: as wide as the class has them. */
  native(at: number): number;
}

function reader(
  bytes: Uint8Array,
  { wide, littleEndian }: { readonly wide: boolean; readonly littleEndian: boolean },
): Reader {
  const view = viewOf(bytes);
  return {
    wide,
    half: (at) => view.getUint16(at, littleEndian),
    word: (at) => view.getUint32(at, littleEndian),
    native: (at) =>
      wide ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian),
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

function programHeaders(read: Reader): readonly Segment[] {
  const start = read.native(read.wide ? 32 : 28);
  const size = read.half(read.wide ? 54 : 42);
  const count = read.half(read.wide ? 56 : 44);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    const [offset, address, fileSize] = read.wide ? [8, 16, 32] : [4, 8, 16];
    return {
      type: read.word(at),
      offset: read.native(at + offset),
      address: read.native(at + address),
      size: read.native(at + fileSize),
    };
  });
}

function dynamicEntries(read: Reader, { offset, size }: Segment): readonly DynamicEntry[] {
  const word = read.wide ? 8 : 4;
  const entries: DynamicEntry[] = [];
  for (let at = offset; at + 2 * word <= offset + size; at += 2 * word) {
    const entry = { tag: read.native(at), value: read.native(at + word) };
    if (entry.tag === 0) break;
    entries.push(entry);
  }
  return entries;
}

function stringsOfEntries(dynamic: readonly DynamicEntry[]): readonly number[] {
  const { needed, soname, auxiliary, filter } = dynamicTags;
  const naming: readonly number[] = [needed, soname, auxiliary, filter];
  return dynamic.filter(({ tag }) => naming.includes(tag)).map(({ value }) => value);
}

function stringsOfSymbols(read: Reader): readonly number[] {
  const start = read.native(read.wide ? 40 : 32);
  const size = read.half(read.wide ? 58 : 46);
  const count = start === 0 ? 0 : read.half(read.wide ? 60 : 48);
  const [offsetAt, sizeAt] = read.wide ? [24, 32] : [16, 20];
  const symbolSize = read.wide ? 24 : 16;
  for (let index = 0; index < count; index++) {
    const at = start + index * size;
    if (read.word(at + 4) !== sectionDynamicSymbols) continue;
    const offset = read.native(at + offsetAt);
    const symbols = Math.floor(read.native(at + sizeAt) / symbolSize);
    return Array.from({ length: symbols }, (_, n) => read.word(offset + n * symbolSize));
  }
  return [];
}
