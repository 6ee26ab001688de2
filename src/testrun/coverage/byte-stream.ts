/** Reads numbers as LLVM packs them: seven bits a byte, the lowest first. Behind the end all is zero. */
export class ByteStream {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let factor = 1; this.#at < this.#bytes.length; factor *= 128) {
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) break;
    }
    return value;
  }

  text(length: number): string {
    const from = this.#at;
    this.#at += length;
    return Buffer.from(this.#bytes.subarray(from, this.#at)).toString('utf8');
  }

  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at);
  }
}
