import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  type MessageReader,
  type NotificationMessage,
} from 'vscode-languageserver/node';

/**
 * The messages of a stream, its end as the last of them. The package's own reader tells of the end before the messages
 * that are still to be read, and its connection ends the process there: who says all at once and hangs up would get no answer.
 */
export function messagesOf(stream: NodeJS.ReadableStream): MessageReader {
  return new Messages(stream);
}

const exit: NotificationMessage = { jsonrpc: '2.0', method: 'exit' };
const headEnd = '\r\n\r\n';

class Messages extends AbstractMessageReader {
  readonly #stream: NodeJS.ReadableStream;
  #unread = Buffer.alloc(0);

  constructor(stream: NodeJS.ReadableStream) {
    super();
    this.#stream = stream;
  }

  listen(callback: DataCallback): Disposable {
    const onData = (data: Buffer | string): void => {
      this.#unread = Buffer.concat([this.#unread, Buffer.from(data)]);
      for (let text = this.#take(); text !== undefined; text = this.#take()) {
        this.#tell(text, callback);
      }
    };
    const onEnd = (): void => callback(exit);
    this.#stream.on('data', onData).on('end', onEnd).on('close', onEnd);
    return {
      dispose: () => void this.#stream.off('data', onData).off('end', onEnd).off('close', onEnd),
    };
  }

  #tell(text: string, callback: DataCallback): void {
    try {
      callback(JSON.parse(text));
    } catch (error) {
      this.fireError(error);
    }
  }

  /** The text of the next message; undefined while it is not all there. */
  #take(): string | undefined {
    const end = this.#unread.indexOf(headEnd);
    if (end === -1) return undefined;
    const head = this.#unread.toString('latin1', 0, end);
    const length = Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0);
    const start = end + headEnd.length;
    if (this.#unread.length < start + length) return undefined;
    const text = this.#unread.toString('utf8', start, start + length);
    this.#unread = this.#unread.subarray(start + length);
    return text;
  }
}
