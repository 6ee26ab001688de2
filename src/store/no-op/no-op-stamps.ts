import type { Signature } from '../format/file-content.ts';

/**
 * The file `stamps` of a proof: "KAONSEEN", version and the checksum of the list, then for each file
 * of the list ctime in nanoseconds, inode and size, eight bytes each; all zero where nothing was.
 */
const magic = 'KAONSEEN';
const format = 1;
const headBytes = 16;
/** Bytes of a stamp. */
export const stampSize = 24;

/** What a stamp tells. */
export type Stamped = Pick<Signature, 'ctimeNs' | 'inode' | 'size'>;

/**
 * The file for so many stamps, all of them empty; `list` is the checksum of the list they belong
 * to.
 */
export function stampBytes(count: number, list: number): Uint8Array {
  const bytes = new Uint8Array(headBytes + count * stampSize);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < magic.length; at++) bytes[at] = magic.charCodeAt(at);
  view.setUint32(8, format, true);
  view.setUint32(12, list, true);
  return bytes;
}

/** Whether bytes are such a file, of that list. */
export function isStamps(bytes: Uint8Array, count: number, list: number): boolean {
  const { length } = bytes;
  if (length !== headBytes + count * stampSize) return false;
  const head = stampBytes(0, list);
  return head.every((byte, at) => byte === bytes[at]);
}

/** Puts the stamp of the file of a number into the list. */
export function writeStamp(view: DataView, number: number, signature: Stamped): void {
  putStamp(view, headBytes + number * stampSize, signature);
}

/** Whether a stamp is the one of a signature; stamps of a list's file, or at a place of other bytes. */
export function isStampOf(view: DataView, at: number, signature: Signature): boolean {
  const { ctimeNs, inode, size } = signature;
  return (
    view.getBigInt64(at, true) === ctimeNs &&
    view.getBigUint64(at + 8, true) === BigInt.asUintN(64, inode) &&
    view.getBigInt64(at + 16, true) === BigInt(size)
  );
}

/** Where a stamp begins, in bytes from the start of the file. */
export function stampPlace(number: number): number {
  return headBytes + number * stampSize;
}

/** "ctime inode size" of a file of the list. */
export function stampText(view: DataView, number: number): string {
  const at = stampPlace(number);
  const size = view.getBigInt64(at + 16, true);
  return `${view.getBigInt64(at, true)} ${view.getBigUint64(at + 8, true)} ${size}`;
}

/** The same of a file as it is. */
export function signatureText({ ctimeNs, inode, size }: Signature): string {
  return `${ctimeNs} ${inode} ${size}`;
}

function putStamp(view: DataView, at: number, { ctimeNs, inode, size }: Stamped): void {
  view.setBigInt64(at, ctimeNs, true);
  view.setBigUint64(at + 8, BigInt.asUintN(64, inode), true);
  view.setBigInt64(at + 16, BigInt(size), true);
}
