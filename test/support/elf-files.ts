/** An ELF file of a 64-bit little-endian machine (x86-64 where nothing else is said), as far as its header goes. */
export function elfFile({ type = 3, machine = 62 } = {}): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  const view = new DataView(bytes.buffer);
  view.setUint16(16, type, true);
  view.setUint16(18, machine, true);
  return bytes;
}

/** A symbol as shared libraries list it. */
export interface Symbol {
  readonly name: string;
  /** 2: a function, 6: a variable of threads. */
  readonly type?: number;
  readonly isDefined?: boolean;
  /** Not what is meant where no version is said. */
  readonly isOldVersion?: boolean;
}

/** A shared library with a table of symbols. */
export function sharedLibrary(symbols: readonly Symbol[]): Uint8Array {
  const names = Buffer.from(['', ...symbols.map(({ name }) => name), ''].join('\0'), 'latin1');
  const table = Buffer.alloc((symbols.length + 1) * 24);
  const versions = Buffer.alloc((symbols.length + 1) * 2);
  for (const [index, { name, type = 2, isDefined = true, isOldVersion }] of symbols.entries()) {
    const at = (index + 1) * 24;
    table.writeUInt32LE(names.indexOf(`\0${name}\0`) + 1, at);
    table.writeUInt8((1 << 4) + type, at + 4);
    table.writeUInt16LE(isDefined ? 9 : 0, at + 6);
    versions.writeUInt16LE(isOldVersion === true ? 0x8002 : 2, (index + 1) * 2);
  }
  const parts = [table, names, versions];
  const header = Buffer.from(elfFile());
  const offsets = parts.map((_, index) =>
    parts.slice(0, index).reduce((sum, part) => sum + part.length, header.length),
  );
  const sections = Buffer.alloc(4 * 64);
  const types = [11, 3, 0x6fffffff];
  for (const [index, part] of parts.entries()) {
    const at = (index + 1) * 64;
    sections.writeUInt32LE(types[index] ?? 0, at + 4);
    sections.writeBigUInt64LE(BigInt(offsets[index] ?? 0), at + 24);
    sections.writeBigUInt64LE(BigInt(part.length), at + 32);
    sections.writeUInt32LE(2, at + 40);
  }
  header.writeBigUInt64LE(BigInt(parts.reduce((sum, part) => sum + part.length, 64)), 40);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(4, 60);
  return new Uint8Array(Buffer.concat([header, ...parts, sections]));
}
