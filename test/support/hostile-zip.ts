import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip archive; the `local` fields make its own header differ from the list of contents. */
export interface ZipEntry {
  readonly path: string;
  readonly content?: string;
  readonly stored?: boolean;
  /** Unix mode with its type bits. */
  readonly mode?: number;
  readonly localPath?: string;
  readonly crc?: number;
  /** Unpacked size as claimed. */
  readonly claimed?: number;
  readonly flags?: number;
  /** How it is packed, as claimed: 0 stored, 8 deflated. */
  readonly method?: number;
}

/** A zip archive of these entries, written as they stand. */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const packed = entry.stored === true ? content : deflateRawSync(content);
    const fields = (name: Buffer): Buffer => {
      const buffer = Buffer.alloc(26);
      buffer.writeUInt16LE(20, 0);
      buffer.writeUInt16LE(entry.flags ?? 0, 2);
      buffer.writeUInt16LE(entry.method ?? (entry.stored === true ? 0 : 8), 4);
      buffer.writeUInt16LE(0x5000, 8);
      buffer.writeUInt32LE(entry.crc ?? crc32(content), 10);
      buffer.writeUInt32LE(packed.length, 14);
      buffer.writeUInt32LE(entry.claimed ?? content.length, 18);
      buffer.writeUInt16LE(name.length, 22);
      return buffer;
    };
    const localName = Buffer.from(entry.localPath ?? entry.path);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields(localName), localName, packed]);
    const name = Buffer.from(entry.path);
    const end = Buffer.alloc(14);
    end.writeUInt32LE((((entry.mode ?? 0o100644) << 16) >>> 0) as number, 6);
    end.writeUInt32LE(at, 10);
    listed.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), fields(name), end, name]),
    );
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, list, Buffer.from('PK\x05\x06'), end]);
}
