import type { Files } from '../../host/host.ts';

/** What kind of machine an ELF file is for, in ELF's own numbers. */
export interface ElfMachine {
  /** 1: 32 bits, 2: 64 bits. */
  readonly width: number;
  /** 1: little endian, 2: big. */
  readonly endian: number;
  readonly machine: number;
}

/** The first bytes of an ELF file. */
export interface ElfHeader extends ElfMachine {
  /** 1: an object, 2: a program, 3: a shared library. */
  readonly type: number;
}

export const relocatable = 1;
export const sharedObject = 3;
const headerBytes = 64;

/** The header in these bytes, where they are the beginning of an ELF file. */
export function elfHeader(bytes: Uint8Array): ElfHeader | undefined {
  if (bytes.length < headerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x7f454c46) return undefined;
  const [width = 0, endian = 0] = [bytes[4], bytes[5]];
  const little = endian === 1;
  return { width, endian, type: view.getUint16(16, little), machine: view.getUint16(18, little) };
}

/** The same for a file; undefined for what is none, or is shorter than it says. */
export function elfHeaderOf(files: Files, path: string): ElfHeader | undefined {
  const bytes = files.readPart(path, 0, headerBytes);
  const header = bytes.ok ? elfHeader(bytes.value) : undefined;
  if (header === undefined || !bytes.ok || header.width !== 2 || header.endian !== 1) return header;
  const { table, entrySize, count } = sectionTable(bytes.value);
  const size = files.stat(path)?.size ?? 0;
  return table + entrySize * count <= size ? header : undefined;
}

function sectionTable(header: Uint8Array) {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  return {
    table: Number(view.getBigUint64(40, true)),
    entrySize: view.getUint16(58, true),
    count: view.getUint16(60, true),
  };
}

const sectionTypes = { dynamicSymbols: 11, versions: 0x6fffffff } as const;

/** Names that a file gives to others. */
export interface ExportedNames {
  readonly has: (name: string) => boolean;
}

/**
 * The names that a linker finds in a shared library of a 64-bit little-endian machine: those it defines
 * for others, in the version that is meant where none is said. Undefined for other files.
 */
export function exportedNames(files: Files, path: string): ExportedNames | undefined {
  const head = files.readPart(path, 0, headerBytes);
  const header = head.ok ? elfHeader(head.value) : undefined;
  if (!head.ok || header?.width !== 2 || header.endian !== 1) return undefined;
  if (header.type !== sharedObject) return undefined;
  const { table, entrySize, count } = sectionTable(head.value);
  const read = (offset: number, length: number): Uint8Array | undefined => {
    const bytes = files.readPart(path, offset, length);
    return bytes.ok && bytes.value.length === length ? bytes.value : undefined;
  };
  const sections = read(table, entrySize * count);
  if (sections === undefined || entrySize !== 64) return undefined;
  const view = new DataView(sections.buffer, sections.byteOffset, sections.byteLength);
  const section = (index: number) => {
    const at = index * entrySize;
    return {
      type: view.getUint32(at + 4, true),
      bytes: () =>
        read(Number(view.getBigUint64(at + 24, true)), Number(view.getBigUint64(at + 32, true))),
      link: view.getUint32(at + 40, true),
    };
  };
  const all = Array.from({ length: count }, (_, index) => section(index));
  const symbols = all.find(({ type }) => type === sectionTypes.dynamicSymbols);
  const symbolBytes = symbols?.bytes();
  const nameBytes = all[symbols?.link ?? count]?.bytes();
  if (symbolBytes === undefined || nameBytes === undefined) return undefined;
  const versions = all.find(({ type }) => type === sectionTypes.versions);
  const versionBytes = versions?.bytes();
  if (versions !== undefined && versionBytes === undefined) return undefined;
  return namesIn({ symbols: symbolBytes, names: nameBytes, versions: versionBytes });
}

/** Without a type, of a variable, of a function, or of one that is chosen at run time. */
const plainTypes: readonly number[] = [0, 1, 2, 10];
/** Global, weak, unique. */
const seenByOthers: readonly number[] = [1, 2, 10];
const hiddenVersion = 0x8000;
const symbolSize = 24;
const wordsOfSymbol = symbolSize / 4;

interface SymbolTable {
  readonly symbols: Uint8Array;
  readonly names: Uint8Array;
  readonly versions: Uint8Array | undefined;
}

/** Only a few of the thousands of names are asked for, so they are not decoded into strings. */
function namesIn({ symbols, names, versions }: SymbolTable): ExportedNames {
  const view = new DataView(symbols.buffer, symbols.byteOffset, symbols.byteLength);
  const versionView =
    versions && new DataView(versions.buffer, versions.byteOffset, versions.byteLength);
  const text = Buffer.from(names.buffer, names.byteOffset, names.byteLength);
  const count = Math.floor(symbols.length / symbolSize);
  const isExported = (number: number): boolean => {
    const at = number * symbolSize;
    const info = view.getUint8(at + 4);
    const visibility = view.getUint8(at + 5) & 3;
    if (!plainTypes.includes(info & 15) || !seenByOthers.includes(info >> 4)) return false;
    // Internal or hidden, or only wanted.
    if (visibility === 1 || visibility === 2 || view.getUint16(at + 6, true) === 0) return false;
    const version =
      versionView !== undefined && number * 2 + 2 <= versionView.byteLength
        ? versionView.getUint16(number * 2, true)
        : 1;
    return (version & hiddenVersion) === 0 && version !== 0;
  };
  // Begins where its bytes do, which views of four bytes need.
  const words = new Uint32Array(Uint8Array.from(symbols).buffer, 0, count * wordsOfSymbol);
  const isExportedAt = (place: number): boolean => {
    for (let at = wordsOfSymbol; at < words.length; at += wordsOfSymbol)
      if (words[at] === place && isExported(at / wordsOfSymbol)) return true;
    return false;
  };
  const look = (name: string): boolean => {
    const wanted = `${name}\0`;
    // A name may be the end of another.
    for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1))
      if (isExportedAt(at)) return true;
    return false;
  };
  const known = new Map<string, boolean>();
  return {
    has: (name) => {
      const found = known.get(name) ?? look(name);
      known.set(name, found);
      return found;
    },
  };
}
