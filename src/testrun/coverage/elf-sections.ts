/** Sections of a 64-bit little-endian ELF file with one of these names; none where it is no such file. */
export function elfSections(
  bytes: Uint8Array,
  names: readonly string[],
): ReadonlyMap<string, Uint8Array> {
  try {
    return readSections(bytes, names);
  } catch (error) {
    if (error instanceof RangeError) return new Map(); // it ends before what its headers promise
    throw error;
  }
}

function readSections(
  bytes: Uint8Array,
  names: readonly string[],
): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const isElf = bytes.length > 64 && bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[4] === 2;
  if (!isElf || bytes[5] !== 1) return found;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): number => Number(view.getBigUint64(at, true));
  const start = word(40);
  const size = view.getUint16(58, true);
  const count = view.getUint16(60, true);
  const namesHeader = start + view.getUint16(62, true) * size;
  if (start === 0 || start + count * size > bytes.length) return found;
  const namesAt = word(namesHeader + 24);
  for (let index = 0; index < count; index++) {
    const header = start + index * size;
    const from = namesAt + view.getUint32(header, true);
    const name = Buffer.from(bytes.subarray(from, bytes.indexOf(0, from))).toString('latin1');
    const offset = word(header + 24);
    if (names.includes(name)) found.set(name, bytes.subarray(offset, offset + word(header + 32)));
  }
  return found;
}
