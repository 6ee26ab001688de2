import type { AppendFile } from '../../host/host.ts';
import { ByteReader } from '../format/byte-reader.ts';

/** What is read of a file at once, and how many such pieces are kept. */
const pieceBytes = 1 << 16;
const mostPieces = 64;

/**
 * The bytes of a log by place: those that were read when it was opened, and those that were appended
 * since, which are read from the file again, as all that a large build writes is too much to keep.
 */
export class LogBytes {
  readonly #reader: ByteReader;
  #known: number;
  #file: AppendFile | undefined;
  /** Whole pieces of the file by number, those asked for last at the end. */
  readonly #pieces = new Map<number, Uint8Array>();

  constructor(bytes: Uint8Array) {
    this.#reader = new ByteReader(bytes);
    this.#known = bytes.length;
  }

  /** How many are those that were read at first. */
  get known(): number {
    return this.#known;
  }

  /** The file to which is appended, behind so many bytes: of a damaged log less is left than was read. */
  follow(file: AppendFile, length: number): void {
    this.#file = file;
    this.#known = Math.min(this.#known, length);
  }

  /** What `decode` makes of the bytes from a place on; nothing where they cannot be read. */
  decode<T>(place: number, decode: (reader: ByteReader) => T): T | undefined {
    if (place < this.#known) {
      this.#reader.seek(place);
      return decode(this.#reader);
    }
    for (let length = pieceBytes; ; length *= 8) {
      const bytes = length === pieceBytes ? this.#rest(place) : this.#read(place, length);
      if (bytes === undefined || bytes.length === 0) return undefined;
      const reader = new ByteReader(bytes);
      const decoded = decode(reader);
      if (!reader.broken) return decoded;
      if (length !== pieceBytes && bytes.length < length) return undefined;
    }
  }

  /** What a piece has from a place on. */
  #rest(place: number): Uint8Array | undefined {
    const number = Math.floor(place / pieceBytes);
    const at = place - number * pieceBytes;
    let piece = this.#pieces.get(number);
    // One that was not full has grown since; what it had is as it was.
    if (piece === undefined || piece.length <= at)
      piece = this.#read(number * pieceBytes, pieceBytes);
    if (piece === undefined) return undefined;
    this.#pieces.delete(number);
    this.#pieces.set(number, piece);
    const [oldest] = this.#pieces.keys();
    if (this.#pieces.size > mostPieces && oldest !== undefined) this.#pieces.delete(oldest);
    return piece.subarray(at);
  }

  #read(place: number, length: number): Uint8Array | undefined {
    const read = this.#file?.read(place, length);
    return read?.ok === true ? read.value : undefined;
  }
}
