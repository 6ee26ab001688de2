import { crc32 } from 'node:zlib';

/** CRC-32 of some bytes; goes on from the checksum of what came before. Node does it with the processor's own instructions. */
export function checksum(bytes: Uint8Array, before = 0): number {
  return crc32(bytes, before);
}
