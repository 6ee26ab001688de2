import type { AppendFile, FileFault, Host } from '../../host/host.ts';

/** In characters. Many small texts are one write; of a large one no more than this is encoded at once. */
const atOnce = 1 << 20;

/** Where a piece of a log stands, in bytes. */
export interface LogPart {
  readonly from: number;
  readonly to: number;
}

/** A log that is written while tests run, as all of it may be more than a text can hold. */
export class LogFile {
  readonly #host: Pick<Host, 'files' | 'storage'>;
  readonly #path: string;
  #file: AppendFile | undefined;
  #size = 0;
  /** Why it cannot be written. What is added is let go then. */
  fault: FileFault | undefined;

  constructor(host: Pick<Host, 'files' | 'storage'>, path: string) {
    this.#host = host;
    this.#path = path;
    // Another run may still write to the one that was here.
    const removed = host.files.remove(path);
    const opened = removed.ok ? host.storage.openAppend(path, 0) : removed;
    if (opened.ok) this.#file = opened.value;
    else this.fault = opened.error;
  }

  /** Adds a text that comes in pieces, and answers where it stands. */
  add(pieces: Iterable<string>): LogPart {
    const from = this.#size;
    let waiting = '';
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < atOnce) continue;
      this.#append(Buffer.from(waiting));
      waiting = '';
    }
    this.#append(Buffer.from(waiting));
    return { from, to: this.#size };
  }

  /** Adds what stands in another log. */
  copy(log: LogFile, { from, to }: LogPart): void {
    const bytes = Buffer.alloc(Math.min(atOnce, to - from));
    for (let at = from; at < to; ) {
      const read = log.#file?.read(at, bytes.subarray(0, to - at));
      if (read?.ok !== true || read.value === 0) return;
      this.#append(bytes.subarray(0, read.value));
      at += read.value;
    }
  }

  #append(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const appended = this.#file?.append(bytes);
    if (appended?.ok === true) this.#size += bytes.length;
    else if (appended !== undefined) this.fault ??= appended.error;
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  /** For what was only written to be copied. */
  remove(): void {
    this.close();
    this.#host.files.remove(this.#path);
  }
}

/** A text in pieces that can be escaped and encoded one by one. */
export function* piecesOf(text: string): Iterable<string> {
  for (let at = 0; at < text.length; ) {
    // The two halves of a character stay together.
    const isHalf = /[\ud800-\udbff]/.test(text.charAt(at + atOnce - 1));
    const end = at + atOnce - (isHalf ? 1 : 0);
    yield text.slice(at, end);
    at = end;
  }
}
