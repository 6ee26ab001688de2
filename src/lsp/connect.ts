import {
  createConnection,
  type Message,
  ProposedFeatures,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { messagesOf } from './messages.ts';
import { type ServeInput, serve } from './serve.ts';

/** Serves the editor at the other end of two streams. */
export async function connect(
  {
    stdin,
    stdout,
  }: { readonly stdin: NodeJS.ReadableStream; readonly stdout: NodeJS.WritableStream },
  input: ServeInput,
): Promise<number> {
  const writer = new Writer(stdout);
  const code = await serve(
    createConnection(ProposedFeatures.all, messagesOf(stdin), writer),
    input,
  );
  await writer.written();
  return code;
}

/** Knows when all it was given is written: one message goes after the other, each in a turn of its own. */
class Writer extends StreamMessageWriter {
  #last: Promise<void> = Promise.resolve();

  override write(message: Message): Promise<void> {
    this.#last = super.write(message);
    return this.#last;
  }

  /** An editor that is gone hears no more, whatever was to be said. */
  written(): Promise<void> {
    return this.#last.catch(() => {});
  }
}
