import type { AppendFile } from '../../host/host.ts';
import { ByteReader } from '../format/byte-reader.ts';

/** What is read of a file at once, and how many such pieces are kept. */
const pieceBytes = 1 << 16;
const mostPieces = 64;

/** Bytes of a file: so many of them are there. */
interface Piece {
  readonly bytes: Uint8Array;
  length: number;
}

/**
 * The bytes of a log by place: those that were read when it was opened, and those that were appended
 * since, which are read from the file again, as all that a large build writes is too much to keep.
 */
export class LogBytes {
  readonly #reader: ByteReader;
  #known: number;
  #file: AppendFile | undefined;
  /** Whole pieces of the file by number, those asked for last at the end. */
  readonly #pieces = new Map<number, Piece>();

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
    const number = Math.floor(place / pieceBytes);
    const piece = this.#piece(number, place - number * pieceBytes);
    if (piece === undefined) return undefined;
    const reader = new ByteReader(piece.bytes, place - number * pieceBytes, piece.length);
    const decoded = decode(reader);
    return reader.broken ? this.#decodeLarge(place, decode) : decoded;
  }

  /** What ends beyond a piece. */
  #decodeLarge<T>(place: number, decode: (reader: ByteReader) => T): T | undefined {
    for (let length = pieceBytes * 8; ; length *= 8) {
      const piece = { bytes: Buffer.allocUnsafe(length), length: 0 };
      this.#fill(piece, place);
      const reader = new ByteReader(piece.bytes, 0, piece.length);
      const decoded = decode(reader);
      if (!reader.broken) return decoded;
      if (piece.length < length) return undefined;
    }
  }

  /** The piece of a number, if it reaches beyond a place in it. */
  #piece(number: number, at: number): Piece | undefined {
    let piece = this.#pieces.get(number);
    this.#pieces.delete(number);
    // One that was not full has grown since; what it had is as it was.
    if (piece === undefined || piece.length <= at) {
      piece ??= this.#freed();
      this.#fill(piece, number * pieceBytes);
    }
    this.#pieces.set(number, piece);
    return piece.length > at ? piece : undefined;
  }

  /** A new one, or that which was asked for longest ago: memory that V8 is to free stays for a while. */
  #freed(): Piece {
    const [oldest] = this.#pieces.entries();
    if (oldest === undefined || this.#pieces.size < mostPieces)
      return { bytes: Buffer.allocUnsafe(pieceBytes), length: 0 };
    this.#pieces.delete(oldest[0]);
    return oldest[1];
  }

  #fill(piece: Piece, place: number): void {
    const read = this.#file?.read(place, piece.bytes);
    piece.length = read?.ok === true ? read.value : 0;
  }
}
