import { err, ok, type Result } from '../../base/result.ts';
import { dynamicTags } from './elf-file.ts';

/** An ELF file whose dynamic string table has one more string, which was added at `offset`. */
export interface GrownStrings {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

const types = { load: 1, dynamic: 2, note: 4 } as const;
const sectionStrings = 3;
const buildIdNote = 3;

/**
 * Adds a string to the dynamic string table. The table cannot grow where it lies, so it moves to the
 * end of the file, into a segment of its own; the header of that segment is one that only described
 * notes (their content stays, as sections do). The build id's header is taken last.
 */
export function growStrings(bytes: Uint8Array, text: string): Result<GrownStrings, string> {
  try {
    return grow(bytes, text);
  } catch (error) {
    if (error instanceof RangeError) return err('it ends before what its headers promise');
    throw error;
  }
}

function grow(bytes: Uint8Array, text: string): Result<GrownStrings, string> {
  const elf = new Layout(bytes);
  const added = new TextEncoder().encode(`${text}\0`);
  const [strtab, strsz] = [elf.entry(dynamicTags.strtab), elf.entry(dynamicTags.strsz)];
  const home = strtab && elf.segments.find((each) => isLoaded(each, strtab.value));
  if (strtab === undefined || strsz === undefined || home === undefined)
    return err('its dynamic section names no string table');
  const from = home.offset + (strtab.value - home.address);
  const old = bytes.subarray(from, from + strsz.value);
  const size = old.length + added.length;
  // One that was moved before can grow where it is.
  const isLast =
    from + old.length === bytes.length &&
    home.offset + home.size === bytes.length &&
    elf.loads().every(({ address }) => address <= home.address);
  const free = isLast ? home : freeHeader(elf);
  if (free === undefined) return err('it has no room for another segment');
  const page = Math.max(4096, ...elf.loads().map(({ align }) => align));
  const offset = isLast ? home.offset : Math.ceil(bytes.length / 16) * 16;
  const top = Math.max(...elf.loads().map((each) => each.address + each.memory));
  const address = isLast ? home.address : Math.ceil(top / page) * page + (offset % page);
  const grown = new Uint8Array((isLast ? from : offset) + size);
  grown.set(bytes.subarray(0, isLast ? from : bytes.length));
  grown.set(old, isLast ? from : offset);
  grown.set(added, (isLast ? from : offset) + old.length);
  const segment = isLast ? { ...home, size: home.size + added.length } : { offset, address, size };
  const result = new Layout(grown);
  result.writeSegment(free.index, { ...segment, align: page });
  result.moveBehindLoads(free.index);
  const place = isLast ? strtab.value : address;
  result.writeEntry(strtab.index, place);
  result.writeEntry(strsz.index, size);
  result.moveSection(strtab.value, { address: place, offset: isLast ? from : offset, size });
  return ok({ bytes: grown, offset: old.length });
}

function isLoaded({ type, address, size }: Segment, at: number): boolean {
  return type === types.load && at >= address && at < address + size;
}

/** A note segment; one that does not hold the build id, where there is a choice. */
function freeHeader(elf: Layout): Segment | undefined {
  const notes = elf.segments.filter(({ type }) => type === types.note);
  return notes.find((each) => !elf.hasBuildId(each)) ?? notes[0];
}

interface Segment {
  readonly index: number;
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  /** In the file. */
  readonly size: number;
  readonly memory: number;
  readonly align: number;
}

type NewSegment = Pick<Segment, 'offset' | 'address' | 'size' | 'align'>;

/** Reads and writes the tables of an ELF file, 32 or 64 bit, of either byte order. */
class Layout {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #wide: boolean;
  readonly #little: boolean;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#wide = bytes[4] === 2;
    this.#little = bytes[5] === 1;
  }

  get segments(): readonly Segment[] {
    const [offset, address, size, memory, align] = this.#wide
      ? ([8, 16, 32, 40, 48] as const)
      : ([4, 8, 16, 20, 28] as const);
    return Array.from({ length: this.#headers.count }, (_, index) => {
      const at = this.#headers.start + index * this.#headers.size;
      return {
        index,
        type: this.#view.getUint32(at, this.#little),
        offset: this.#native(at + offset),
        address: this.#native(at + address),
        size: this.#native(at + size),
        memory: this.#native(at + memory),
        align: this.#native(at + align),
      };
    });
  }

  loads(): readonly Segment[] {
    return this.segments.filter(({ type }) => type === types.load);
  }

  /** Makes a header one of a segment that is loaded to be read. */
  writeSegment(index: number, { offset, address, size, align }: NewSegment): void {
    const at = this.#headers.start + index * this.#headers.size;
    const fields = this.#wide
      ? ([8, 16, 24, 32, 40, 48] as const)
      : ([4, 8, 12, 16, 20, 28] as const);
    const values = [offset, address, address, size, size, align];
    this.#view.setUint32(at, types.load, this.#little);
    this.#view.setUint32(at + (this.#wide ? 4 : 24), 4, this.#little);
    for (const [n, field] of fields.entries()) this.#writeNative(at + field, values[n] ?? 0);
  }

  /** Headers of loaded segments stand in the order of their addresses. */
  moveBehindLoads(index: number): void {
    const last = Math.max(...this.loads().map((each) => each.index));
    if (last <= index) return;
    const { start, size } = this.#headers;
    const own = this.#bytes.slice(start + index * size, start + (index + 1) * size);
    this.#bytes.copyWithin(
      start + index * size,
      start + (index + 1) * size,
      start + (last + 1) * size,
    );
    this.#bytes.set(own, start + last * size);
  }

  entry(tag: number): { readonly index: number; readonly value: number } | undefined {
    const { offset, size } = this.#dynamic;
    for (let index = 0; (index + 1) * 2 * this.#word <= size; index++) {
      const at = offset + index * 2 * this.#word;
      const found = this.#native(at);
      if (found === 0) return undefined;
      if (found === tag) return { index, value: this.#native(at + this.#word) };
    }
    return undefined;
  }

  writeEntry(index: number, value: number): void {
    this.#writeNative(this.#dynamic.offset + (2 * index + 1) * this.#word, value);
  }

  /** Tells the section of the string table, for tools that look at sections. */
  moveSection(
    oldAddress: number,
    { address, offset, size }: Pick<Segment, 'address' | 'offset' | 'size'>,
  ): void {
    const start = this.#native(this.#wide ? 40 : 32);
    const each = this.#half(this.#wide ? 58 : 46);
    const count = start === 0 ? 0 : this.#half(this.#wide ? 60 : 48);
    const at = this.#wide ? ([16, 24, 32] as const) : ([12, 16, 20] as const);
    for (let index = 0; index < count; index++) {
      const section = start + index * each;
      const isStrings = this.#view.getUint32(section + 4, this.#little) === sectionStrings;
      if (!isStrings || this.#native(section + at[0]) !== oldAddress) continue;
      this.#writeNative(section + at[0], address);
      this.#writeNative(section + at[1], offset);
      this.#writeNative(section + at[2], size);
    }
  }

  hasBuildId({ offset, size }: Segment): boolean {
    for (let at = offset; at + 12 <= offset + size; ) {
      const [name, content, type] = [0, 4, 8].map((n) =>
        this.#view.getUint32(at + n, this.#little),
      );
      if (type === buildIdNote) return true;
      at += 12 + Math.ceil((name ?? 0) / 4) * 4 + Math.ceil((content ?? 0) / 4) * 4;
    }
    return false;
  }

  get #word(): number {
    return this.#wide ? 8 : 4;
  }

  get #headers(): { readonly start: number; readonly size: number; readonly count: number } {
    return {
      start: this.#native(this.#wide ? 32 : 28),
      size: this.#half(this.#wide ? 54 : 42),
      count: this.#half(this.#wide ? 56 : 44),
    };
  }

  get #dynamic(): Pick<Segment, 'offset' | 'size'> {
    return this.segments.find(({ type }) => type === types.dynamic) ?? { offset: 0, size: 0 };
  }

  #half(at: number): number {
    return this.#view.getUint16(at, this.#little);
  }

  #native(at: number): number {
    return this.#wide
      ? Number(this.#view.getBigUint64(at, this.#little))
      : this.#view.getUint32(at, this.#little);
  }

  #writeNative(at: number, value: number): void {
    if (this.#wide) this.#view.setBigUint64(at, BigInt(value), this.#little);
    else this.#view.setUint32(at, value, this.#little);
  }
}
