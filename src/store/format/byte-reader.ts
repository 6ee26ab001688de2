/** Reads what ByteWriter wrote. Beyond the end everything is zero and `broken` says so. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at: number;
  #end: number;
  /** Whether something was read that is not there. */
  broken = false;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = start;
    this.#end = end;
  }

  get at(): number {
    return this.#at;
  }

  /** Goes on from another place. */
  seek(at: number, end = this.#bytes.length): void {
    this.#at = at;
    this.#end = end;
  }

  skip(count: number): void {
    this.#take(count);
  }

  skipVarints(count: number): void {
    let at = this.#at;
    for (let left = count; left > 0 && at < this.#end; at++) {
      if ((this.#bytes[at] ?? 0) < 0x80) left--;
      if (left === 0) {
        this.#at = at + 1;
        return;
      }
    }
    if (count > 0) this.broken = true;
  }

  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  byte(): number {
    return this.#take(1) ? (this.#bytes[this.#at - 1] ?? 0) : 0;
  }

  u32(): number {
    return this.#take(4) ? this.#bytes.readUInt32LE(this.#at - 4) : 0;
  }

  u64(): bigint {
    return this.#take(8) ? this.#bytes.readBigInt64LE(this.#at - 8) : 0n;
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
    return this.#bytes.toString('latin1', this.#at - length, this.#at);
  }

  text(): string {
    const length = this.varint();
    if (!this.#take(length)) return '';
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
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
