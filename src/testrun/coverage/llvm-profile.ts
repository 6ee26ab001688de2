import { err, ok, type Result } from '../../base/result.ts';

/** Counters of functions by `functionKey`. */
export type Counters = Map<string, number[]>;

/** What one function of a profile is found by: the hash of its name, and that of its structure. */
export function functionKey(name: bigint, hash: bigint): string {
  return `${name.toString(16)} ${hash.toString(16)}`;
}

/** `\xffprofl`, as a number of 64 bits; another width is `R` and big-endian files are turned round. */
const magic = 0xff6c70726f667281n;
const dataBytes = 64;

/**
 * Adds the counters of a raw profile that a program wrote (LLVM's format 9 or 10, as rustc since
 * 1.74 makes it). An error is a sentence.
 */
export function readProfile(bytes: Uint8Array, into: Counters): Result<void, string> {
  if (bytes.length < 128) return err('is too short for a profile');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (index: number): bigint => view.getBigUint64(index * 8, true);
  if (word(0) !== magic) return err('is no raw profile of a 64-bit program');
  const version = Number(word(1) & 0xffffffn);
  if (version !== 9 && version !== 10)
    return err(`is a profile of format ${version}; 9 and 10 are known`);
  const [idBytes, records, before, counters] = [2, 3, 4, 5].map((at) => Number(word(at)));
  const dataAt = 128 + (idBytes ?? 0);
  const countersAt = dataAt + (records ?? 0) * dataBytes + (before ?? 0);
  const countersEnd = countersAt + (counters ?? 0) * 8;
  if (countersEnd > bytes.length) return err('ends too early');
  const delta = word(10);
  for (let index = 0; index < (records ?? 0); index++) {
    const at = dataAt + index * dataBytes;
    const key = functionKey(view.getBigUint64(at, true), view.getBigUint64(at + 8, true));
    // Pointers are relative to their own record.
    const relative = view.getBigUint64(at + 16, true) - delta + BigInt(index * dataBytes);
    const first = countersAt + Number(BigInt.asIntN(64, relative));
    const count = view.getUint32(at + 48, true);
    if (first < countersAt || first + count * 8 > countersEnd) return err('is damaged');
    const sums = into.get(key) ?? new Array<number>(count).fill(0);
    for (let n = 0; n < count; n++)
      sums[n] = (sums[n] ?? 0) + Number(view.getBigUint64(first + n * 8, true));
    into.set(key, sums);
  }
  return ok(undefined);
}
