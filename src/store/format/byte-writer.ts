const encoder = new TextEncoder();

/** Room that stays when what was written is of no more use. */
const mostKept = 1 << 20;

/** Bytes that grow at their end. Numbers are little-endian; a varint has seven bits a byte. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  u32(value: number): void {
    this.#room(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  u64(value: bigint): void {
    this.#room(8);
    this.#view.setBigUint64(this.#length, BigInt.asUintN(64, value), true);
    this.#length += 8;
  }

  /** A whole number from 0 to 2^53. */
  varint(value: number): void {
    this.#room(8);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
    }
    this.#bytes[this.#length++] = rest;
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** A byte for each character, all of which must be below 256. */
  latin1(value: string): void {
    this.#room(value.length);
    for (let at = 0; at < value.length; at++) {
      this.#bytes[this.#length++] = value.charCodeAt(at);
    }
  }

  /** UTF-8 after its length. */
  text(value: string): void {
    const bytes = encoder.encode(value);
    this.varint(bytes.length);
    this.bytes(bytes);
  }

  /** Writes over a number that was left open. */
  patchU32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  /** What was written so far; the next write may change it. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    if (this.#bytes.length <= mostKept) return;
    this.#bytes = new Uint8Array(mostKept);
    this.#view = new DataView(this.#bytes.buffer);
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
