import { createHash } from 'node:crypto';
import { ok, type Result } from '../../base/result.ts';
import type { FileFault, FileStat, Files } from '../../host/host.ts';

declare const hashed: unique symbol;

/** SHA-256 as 32 characters below 256: half the memory of hexadecimal digits. */
export type Hash = string & { readonly [hashed]: true };

/** What a path held: which bytes, and whether they may be executed. A number in the log's table of contents. */
export interface Content {
  readonly path: string;
  readonly hash: Hash;
  readonly executable: boolean;
}

/** If it is the same, the content is, provided it can be trusted. */
export type Signature = FileStat;

/** The hash of all parts one behind the other. */
export function hashBytes(...parts: readonly (string | Uint8Array)[]): Hash {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('binary') as Hash; // 32 bytes as characters
}

/** As `hashBytes` of what a file holds. */
export function hashFile(files: Files, path: string): Result<Hash, FileFault> {
  const hash = createHash('sha256');
  const read = files.readPieces(path, (piece) => hash.update(piece));
  return read.ok ? ok(hash.digest('binary') as Hash) : read; // as above
}

/** A hash as people and protocols write it; that of a stamp is that of any empty file. */
export function hexOf(hash: Hash): string {
  return Buffer.from(isStamp(hash) ? hashBytes('') : hash, 'latin1').toString('hex');
}

/** The hash that `hexOf` wrote so. */
export function hashOfHex(digits: string): Hash {
  return Buffer.from(digits, 'hex').toString('latin1') as Hash; // 32 bytes as characters
}

/** 24 characters, in the place of those of a hash. */
const stampMark = 'empty file, by its time:';

/**
 * In the place of a hash, for an empty file that a command touches to say that it did its work: it says
 * so by its modification time and nothing else.
 */
export function stampHash({ mtimeNs }: Pick<FileStat, 'mtimeNs'>): Hash {
  const time = Buffer.alloc(8);
  time.writeBigInt64BE(BigInt.asIntN(64, mtimeNs));
  return `${stampMark}${time.toString('latin1')}` as Hash; // 24 and 8 bytes as characters
}

/** Whether it stands for the time of an empty file (`stampHash`). */
export function isStamp(hash: Hash): boolean {
  return hash.startsWith(stampMark);
}

/** A file system's clock moves in ticks: 10 ms at most on Linux, but whole (even) seconds on some old ones. */
const fineTickNs = 20_000_000n;
const coarseTickNs = 2_100_000_000n;
const second = 1_000_000_000n;

/**
 * Whether a later change of the file is bound to change its signature. It is not while the file's
 * stamps are of the very tick in which its content was read.
 */
export function isSettled(signature: Signature, readAtMs: number): boolean {
  const { mtimeNs, ctimeNs } = signature;
  const now = BigInt(Math.floor(readAtMs * 1000)) * 1000n;
  const coarse = mtimeNs % second === 0n && ctimeNs % second === 0n;
  // A modification time in the future was set by hand; the change time was not.
  const stamp = mtimeNs > ctimeNs && mtimeNs <= now ? mtimeNs : ctimeNs;
  return stamp + (coarse ? coarseTickNs : fineTickNs) < now;
}
