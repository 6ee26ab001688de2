import { crc32, inflateRawSync } from 'node:zlib';
import { err, ok, type Result } from '../../base/result.ts';
import {
  type ArchiveEntry,
  type ArchiveFault,
  largestContent,
  maxEntries,
} from './archive-entry.ts';

interface Listed {
  readonly path: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly mode: number;
  readonly headerAt: number;
  readonly mtimeMs: number;
}

/**
 * The entries of a zip archive. Its two lists of contents, the central directory and the headers
 * before each file, must agree: tools differ in which they believe.
 */
export function readZip(bytes: Uint8Array): Result<readonly ArchiveEntry[], ArchiveFault> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const listed = centralDirectory(view);
  if (!listed.ok) return listed;
  let left = largestContent(view.length);
  const entries: ArchiveEntry[] = [];
  for (const item of listed.value) {
    left -= item.bytes;
    if (left < 0)
      return err({ kind: 'refused', entry: item.path, rule: 'makes the archive too large' });
    const content = contentOf(view, item);
    if (!content.ok) return content;
    entries.push(entryOf(item, content.value));
  }
  return ok(entries);
}

function entryOf(item: Listed, content: Uint8Array): ArchiveEntry {
  const type = item.mode & 0o170000;
  const isLink = type === 0o120000;
  const kind =
    item.path.endsWith('/') || type === 0o040000
      ? 'directory'
      : isLink
        ? 'symlink'
        : type === 0o100000 || type === 0
          ? 'file'
          : 'other';
  return {
    path: item.path,
    kind,
    type: `mode ${item.mode.toString(8)}`,
    target: isLink ? Buffer.from(content).toString('utf8') : '',
    mode: (item.mode & 0o777) === 0 ? 0o644 : item.mode & 0o777,
    mtimeMs: item.mtimeMs,
    content,
  };
}

function centralDirectory(view: Buffer): Result<readonly Listed[], ArchiveFault> {
  const damaged = (rule: string) => err({ kind: 'damaged' as const, rule });
  const endAt = view.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (endAt === -1 || endAt + 22 > view.length) return damaged('has no end record');
  if (endAt + 22 + view.readUInt16LE(endAt + 20) !== view.length)
    return damaged('has something after its end record');
  const count = view.readUInt16LE(endAt + 10);
  const start = view.readUInt32LE(endAt + 16);
  if (count === 0xffff || start === 0xffffffff)
    return damaged('is of the kind Zip64, which kaon does not read');
  if (view.readUInt16LE(endAt + 8) !== count) return damaged('is one of several parts');
  if (count > maxEntries)
    return err({ kind: 'refused', rule: `has more than ${maxEntries} entries` });
  const listed: Listed[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.length || view.readUInt32LE(at) !== 0x02014b50)
      return damaged('has a broken list of contents');
    const nameBytes = view.readUInt16LE(at + 28);
    const end = at + 46 + nameBytes + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
    if (end > view.length) return damaged('has a broken list of contents');
    const madeBy = view.readUInt8(at + 5);
    listed.push({
      path: view.toString('utf8', at + 46, at + 46 + nameBytes),
      flags: view.readUInt16LE(at + 8),
      method: view.readUInt16LE(at + 10),
      mtimeMs: dosTime(view.readUInt16LE(at + 14), view.readUInt16LE(at + 12)),
      crc: view.readUInt32LE(at + 16),
      packedBytes: view.readUInt32LE(at + 20),
      bytes: view.readUInt32LE(at + 24),
      // Permissions are only meant where the archive was made on Unix (3) or macOS (19).
      mode: madeBy === 3 || madeBy === 19 ? view.readUInt32LE(at + 38) >>> 16 : 0,
      headerAt: view.readUInt32LE(at + 42),
    });
    at = end;
  }
  return ok(listed);
}

function contentOf(view: Buffer, item: Listed): Result<Uint8Array, ArchiveFault> {
  const refuse = (rule: string) => err({ kind: 'refused' as const, entry: item.path, rule });
  const at = item.headerAt;
  if (at + 30 > view.length || view.readUInt32LE(at) !== 0x04034b50) return refuse('has no header');
  const nameBytes = view.readUInt16LE(at + 26);
  const dataAt = at + 30 + nameBytes + view.readUInt16LE(at + 28);
  if (view.toString('utf8', at + 30, at + 30 + nameBytes) !== item.path)
    return refuse('has another name in its header than in the list of contents');
  if (view.readUInt16LE(at + 8) !== item.method)
    return refuse('is packed otherwise in its header than in the list of contents');
  // Bit 3: sizes follow the data, and the header has zeros.
  const sizesFollow = (item.flags & 8) !== 0;
  if (
    !sizesFollow &&
    (view.readUInt32LE(at + 18) !== item.packedBytes || view.readUInt32LE(at + 22) !== item.bytes)
  )
    return refuse('has another size in its header than in the list of contents');
  if ((item.flags & 1) !== 0) return refuse('is encrypted');
  if (dataAt + item.packedBytes > view.length) return refuse('ends early');
  const packed = view.subarray(dataAt, dataAt + item.packedBytes);
  const content = inflated(packed, item);
  if (content === undefined) return refuse('cannot be unpacked');
  if (content.length !== item.bytes) return refuse('has another size than it says');
  if (crc32(content) !== item.crc) return refuse('has a wrong checksum');
  return ok(content);
}

function inflated(packed: Buffer, { method, bytes }: Listed): Uint8Array | undefined {
  if (method === 0) return packed;
  if (method !== 8) return undefined;
  if (bytes === 0) return new Uint8Array();
  try {
    return inflateRawSync(packed, { maxOutputLength: bytes });
  } catch {
    return undefined;
  }
}

function dosTime(date: number, time: number): number {
  return Date.UTC(
    1980 + (date >> 9),
    ((date >> 5) & 15) - 1,
    date & 31,
    time >> 11,
    (time >> 5) & 63,
    (time & 31) * 2,
  );
}
