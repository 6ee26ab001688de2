import type { FileStat } from '../../src/host/host.ts';

/** What stands at a path of a disk in memory. */
export type Node =
  | ({ readonly kind: 'file'; readonly inode: bigint; bytes: Uint8Array; mode: number } & Stamps)
  | ({ readonly kind: 'directory'; readonly inode: bigint; mode: number } & Stamps)
  | ({
      readonly kind: 'symlink';
      readonly inode: bigint;
      readonly target: string;
      mode: number;
    } & Stamps);

interface Stamps {
  mtimeNs: bigint;
  ctimeNs: bigint;
  birthNs?: bigint;
}

export function statOf(node: Node | undefined): FileStat | undefined {
  if (node === undefined) return undefined;
  const { kind, inode, mode, mtimeNs, ctimeNs, birthNs } = node;
  const size = kind === 'file' ? node.bytes.length : kind === 'symlink' ? node.target.length : 4096;
  return { kind, size, mode, mtimeNs, ctimeNs, inode, ...(birthNs !== undefined && { birthNs }) };
}

/** The two one after the other, in place where the buffer of the first has room: appending often must not be slow. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const length = first.length + second.length;
  let buffer = first.buffer;
  if (first.byteOffset !== 0 || buffer.byteLength < length) {
    buffer = new ArrayBuffer(length * 2);
    new Uint8Array(buffer).set(first);
  }
  const whole = new Uint8Array(buffer, 0, length);
  whole.set(second, first.length);
  return whole;
}

export function copied(node: Node): Node {
  return node.kind === 'file' ? { ...node, bytes: node.bytes.slice() } : { ...node };
}
