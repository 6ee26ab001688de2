const polynomial = 0x82f63b78;

/** Four tables of 256: what a byte does to the checksum when none, one, two or three more bytes follow it. */
const tables = new Uint32Array(1024);
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
  tables[byte] = value;
}
for (let at = 256; at < 1024; at++) {
  const shorter = tables[at - 256] ?? 0;
  tables[at] = (tables[shorter & 0xff] ?? 0) ^ (shorter >>> 8);
}

/** CRC-32C (Castagnoli) of some bytes, four at a time; goes on from the checksum of what came before. */
export function crc32c(
  bytes: Uint8Array,
  before = 0,
  { start = 0, end = bytes.length } = {},
): number {
  let crc = ~before;
  // Typed arrays have a number at each of these places: no default is ever taken.
  const table = (at: number): number => tables[at] as number;
  const byte = (at: number): number => bytes[at] as number;
  let at = start;
  for (const last = end - 3; at < last; at += 4) {
    crc ^= byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24);
    crc =
      table(768 + (crc & 0xff)) ^
      table(512 + ((crc >>> 8) & 0xff)) ^
      table(256 + ((crc >>> 16) & 0xff)) ^
      table(crc >>> 24);
  }
  for (; at < end; at++) crc = table((crc ^ byte(at)) & 0xff) ^ (crc >>> 8);
  return ~crc >>> 0;
}
