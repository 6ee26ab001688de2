import { ByteReader } from '../format/byte-reader.ts';
import { ByteWriter } from '../format/byte-writer.ts';
import { checksum } from '../format/checksum.ts';

/**
 * How records stand in the file:
 *
 *     "KAONLOG2"
 *     payload length (u32)  checksum of sequence number and payload (u32)  sequence number (u32)  payload
 *     …
 */
export const logMagic = 'KAONLOG2';
const anyVersion = /^KAONLOG\d$/;
/** What stands before a payload. */
export const frameBytes = 12;
/** The longest possible record: a damaged length cannot make us look further. */
const maximalPayload = 1 << 28;

/** The bytes that each log begins with. */
export function logHeader(): Uint8Array {
  return new TextEncoder().encode(logMagic);
}

/** One record as bytes; `payload` is written between frame and end. */
export function frame(payload: Uint8Array, sequence: number): Uint8Array {
  const out = new ByteWriter();
  out.u32(payload.length);
  out.u32(0);
  out.u32(sequence);
  out.bytes(payload);
  out.patchU32(4, checksum(out.written().subarray(8)));
  return out.written();
}

/** How far a log can be read, and why not further. */
export interface ReadLog {
  /** Bytes from the start that hold whole, right records. */
  readonly validBytes: number;
  readonly records: number;
  readonly damage?: string;
}

/** Where reading begins: behind the records that are known already. */
export interface LogStart {
  readonly bytes: number;
  readonly records: number;
}

/** Gives the place of each valid record's payload to `take`, in order, up to the first that is not as it was written. */
export function readFrames(
  bytes: Uint8Array,
  take: (start: number, end: number) => boolean,
  from: LogStart = { bytes: logMagic.length, records: 0 },
): ReadLog {
  const magic = String.fromCharCode(...bytes.subarray(0, logMagic.length));
  if (magic !== logMagic) {
    const damage = anyVersion.test(magic)
      ? 'another version of kaon wrote it'
      : 'it does not begin as a log does';
    return { validBytes: 0, records: 0, damage };
  }
  let at = from.bytes;
  let { records } = from;
  const stop = (damage: string): ReadLog => ({ validBytes: at, records, damage });
  const reader = new ByteReader(bytes);
  while (at < bytes.length) {
    reader.seek(at);
    const [length, found, sequence] = [reader.u32(), reader.u32(), reader.u32()];
    const end = at + frameBytes + length;
    if (reader.broken || length > maximalPayload || end > bytes.length) {
      return stop('a record is cut off');
    }
    if (checksum(bytes.subarray(at + 8, end)) !== found) {
      return stop('the checksum of a record is wrong');
    }
    if (sequence !== records) return stop('a record is missing or stands twice');
    if (!take(at + frameBytes, end)) return stop('a record makes no sense');
    at = end;
    records++;
  }
  return { validBytes: at, records };
}
