const decoder = new TextDecoder();

/** Reads what ByteWriter wrote. Beyond the end everything is zero and `broken` says so. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;
  readonly #end: number;
  /** Whether something was read that is not there. */
  broken = false;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = start;
    this.#end = end;
  }

  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  byte(): number {
    return this.#take(1) ? (this.#bytes[this.#at - 1] ?? 0) : 0;
  }

  u32(): number {
    return this.#take(4) ? this.#view.getUint32(this.#at - 4, true) : 0;
  }

  u64(): bigint {
    return this.#take(8) ? this.#view.getBigInt64(this.#at - 8, true) : 0n;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 56; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    this.broken = true;
    return 0;
  }

  latin1(length: number): string {
    if (!this.#take(length)) return '';
    let text = '';
    for (let at = this.#at - length; at < this.#at; at++) {
      text += String.fromCharCode(this.#bytes[at] ?? 0);
    }
    return text;
  }

  text(): string {
    const length = this.varint();
    if (!this.#take(length)) return '';
    return decoder.decode(this.#bytes.subarray(this.#at - length, this.#at));
  }

  #take(count: number): boolean {
    if (this.#at + count > this.#end) {
      this.broken = true;
      this.#at = this.#end;
      return false;
    }
    this.#at += count;
    return true;
  }
}
