/** What an object file says of the names it needs and gives. */
export interface ObjectSymbols {
  readonly undefined: readonly string[];
  readonly defined: readonly string[];
}

/** Bindings and types of symbols, as ELF numbers them. */
const binding = { local: 0, global: 1, weak: 2 } as const;
const plainTypes: readonly number[] = [0, 1, 2, 3, 4];
const symbolTable = 2;

/**
 * The symbols of an ELF object of a 64-bit little-endian machine that others see. Undefined where it is
 * something else, or has symbols of which there is more to say: of threads, or chosen at run time.
 */
export function objectSymbols(bytes: Uint8Array): ObjectSymbols | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 64 || view.getUint32(0) !== 0x7f454c46) return undefined;
  if (bytes[4] !== 2 || bytes[5] !== 1) return undefined;
  const offset = (at: number): number => Number(view.getBigUint64(at, true));
  const table = offset(40);
  const entrySize = view.getUint16(58, true);
  const count = view.getUint16(60, true);
  const section = (index: number) => {
    const at = table + index * entrySize;
    return {
      type: view.getUint32(at + 4, true),
      start: offset(at + 24),
      size: offset(at + 32),
      link: view.getUint32(at + 40, true),
    };
  };
  const symbols = { undefined: [] as string[], defined: [] as string[] };
  for (let index = 0; index < count; index++) {
    const { type, start, size, link } = section(index);
    if (type !== symbolTable) continue;
    const names = section(link).start;
    for (let at = start + 24; at < start + size; at += 24) {
      const info = view.getUint8(at + 4);
      if (!plainTypes.includes(info & 15)) return undefined;
      if (info >> 4 > binding.weak) return undefined;
      const isUndefined = view.getUint16(at + 6, true) === 0;
      // What is weak is never missed, and gives way to others.
      if (info >> 4 !== binding.global) continue;
      const name = textAt(bytes, names + view.getUint32(at, true));
      (isUndefined ? symbols.undefined : symbols.defined).push(name);
    }
  }
  return symbols;
}

function textAt(bytes: Uint8Array, start: number): string {
  return Buffer.from(bytes.subarray(start, bytes.indexOf(0, start))).toString('latin1');
}
