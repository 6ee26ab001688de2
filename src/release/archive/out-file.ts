import { err, ok, type Result } from '../../base/result.ts';
import type { AppendFile, Host } from '../../host/host.ts';

const chunkBytes = 1 << 20;

/** A file that is written from its start in large pieces. The first fault is kept and told at the end. */
export class OutFile {
  readonly #file: AppendFile;
  readonly #path: string;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #fault: string | undefined;
  /** How many bytes it was given. */
  size = 0;

  static open({ storage }: Pick<Host, 'storage'>, path: string): Result<OutFile, string> {
    const opened = storage.openAppend(path, 0);
    return opened.ok ? ok(new OutFile(path, opened.value)) : err(`${path}: ${opened.error.reason}`);
  }

  private constructor(path: string, file: AppendFile) {
    this.#path = path;
    this.#file = file;
  }

  /** Takes the bytes over: nobody may change them afterwards. */
  write(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.size += bytes.length;
    if (this.#waitingBytes >= chunkBytes) this.#flush();
  }

  close(): Result<void, string> {
    this.#flush();
    this.#file.close();
    return this.#fault === undefined ? ok(undefined) : err(this.#fault);
  }

  #flush(): void {
    if (this.#waiting.length === 0) return;
    const bytes = Buffer.concat(this.#waiting, this.#waitingBytes);
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (this.#fault !== undefined) return;
    const written = this.#file.append(bytes);
    if (!written.ok) this.#fault = `${this.#path}: ${written.error.reason}`;
  }
}

/** The content of a file piece by piece; throws nothing, ends with a fault. */
export function* partsOf(
  { files }: Pick<Host, 'files'>,
  path: string,
): Generator<Result<Uint8Array, string>> {
  for (let offset = 0; ; ) {
    const part = files.readPart(path, offset, chunkBytes);
    if (!part.ok) {
      yield err(`${path}: ${part.error.reason}`);
      return;
    }
    if (part.value.length === 0) return;
    yield ok(part.value);
    offset += part.value.length;
    if (part.value.length < chunkBytes) return;
  }
}
