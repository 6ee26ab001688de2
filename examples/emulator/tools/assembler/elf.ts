/** ELF files: a header, one segment, its bytes. */

import type { Program } from './assemble.ts';

const headerSize = 52;
const segmentSize = 32;

/** The smallest ELF file that holds the program. */
export function toElf(program: Program): Uint8Array {
  const start = headerSize + segmentSize;
  const file = new Uint8Array(start + program.bytes.length);
  const view = new DataView(file.buffer);
  const half = (offset: number, value: number): void => view.setUint16(offset, value, true);
  const word = (offset: number, value: number): void => view.setUint32(offset, value, true);

  file.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]); // 32 bits, little endian
  half(16, 2); // an executable
  half(18, 243); // for RISC-V
  word(20, 1);
  word(24, program.entry);
  word(28, headerSize); // where the segments are listed
  half(40, headerSize);
  half(42, segmentSize);
  half(44, 1);

  word(headerSize, 1); // to be loaded
  word(headerSize + 4, start);
  word(headerSize + 8, program.base);
  word(headerSize + 12, program.base);
  word(headerSize + 16, program.bytes.length);
  word(headerSize + 20, program.bytes.length);
  word(headerSize + 24, 7); // read, write, execute
  word(headerSize + 28, 4);
  file.set(program.bytes, start);
  return file;
}
