import { StringDecoder } from 'node:string_decoder';
import { type Captured, mostOutput } from './read-output.ts';

/** Text that comes in pieces. */
export interface LineReader {
  take(bytes: Buffer): void;
  /** Nothing more comes; answers what came, `most` characters from its end. */
  end(): Captured;
}

/** Tells each whole line, and at the end what stands behind the last. */
export function lineReader(
  onLine: ((line: string) => void) | undefined,
  most = mostOutput,
): LineReader {
  const decoder = new StringDecoder('utf8');
  const all = new TextEnd(most);
  // To put a long line together anew with each piece would take the square of its length.
  let line: string[] = [];
  const take = (text: string): void => {
    all.add(text);
    if (onLine === undefined) return;
    const lines = text.split('\n');
    const rest = lines.pop() ?? '';
    for (const [at, whole] of lines.entries()) {
      if (at > 0) onLine(whole);
      else {
        onLine([...line, whole].join(''));
        line = [];
      }
    }
    if (rest !== '') line.push(rest);
  };
  return {
    take: (bytes) => take(decoder.write(bytes)),
    end: () => {
      take(decoder.end());
      if (line.length > 0) onLine?.(line.join(''));
      return all.captured();
    },
  };
}

/** The end of a text, of no more than so many characters but for its first piece. */
class TextEnd {
  readonly #most: number;
  #pieces: string[] = [];
  #length = 0;
  #isCut = false;

  constructor(most: number) {
    this.#most = most;
  }

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    // What is too much goes all at once, half of what may stay: each time a piece would take long.
    if (this.#length > 1.5 * this.#most) this.#cut();
  }

  captured(): Captured {
    if (this.#length > this.#most) this.#cut();
    return { text: this.#pieces.join(''), isCut: this.#isCut };
  }

  #cut(): void {
    let first = 0;
    for (const piece of this.#pieces) {
      if (this.#length - piece.length < this.#most) break;
      this.#length -= piece.length;
      first += 1;
    }
    this.#pieces = this.#pieces.slice(first);
    if (first > 0) this.#isCut = true;
  }
}
