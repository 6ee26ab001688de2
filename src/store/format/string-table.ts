import { type Kept, LazyRows } from './lazy-rows.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Gives each text a number, and stores it once. */
export class StringTableWriter {
  readonly #ids = new Map<string, number>();

  id(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(text, id);
    return id;
  }

  /** The UTF-8 of all texts, and where each starts; a last start marks the end. */
  finish(): { readonly starts: Uint32Array; readonly bytes: Uint8Array } {
    const keys = [...this.#ids.keys()];
    const whole = encoder.encode(keys.join(''));
    const starts = new Uint32Array(keys.length + 1);
    let letters = 0;
    for (const [id, text] of keys.entries()) {
      letters += text.length;
      starts[id + 1] = letters;
    }
    // Where each letter is one byte, as nearly always, texts need not be encoded one by one.
    if (whole.length === letters) return { starts, bytes: whole };
    const texts = keys.map((text) => encoder.encode(text));
    let end = 0;
    for (const [id, text] of texts.entries()) {
      end += text.length;
      starts[id + 1] = end;
    }
    const bytes = new Uint8Array(end);
    for (const [id, text] of texts.entries()) bytes.set(text, starts[id]);
    return { starts, bytes };
  }
}

const keptTexts: Kept = { whole: 1 << 16, few: 1 << 12 };

/** Reads what StringTableWriter made. A text is decoded when it is asked for. */
export class StringTable extends LazyRows<number, string> {
  constructor(starts: Uint32Array, bytes: Uint8Array) {
    const text = (id: number): string => decoder.decode(bytes.subarray(starts[id], starts[id + 1]));
    super(Math.max(0, starts.length - 1), text, keptTexts);
  }
}
