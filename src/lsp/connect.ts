import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { type ServeInput, serve } from './serve.ts';

/** Serves the editor at the other end of two streams. */
export function connect(
  {
    stdin,
    stdout,
  }: { readonly stdin: NodeJS.ReadableStream; readonly stdout: NodeJS.WritableStream },
  input: ServeInput,
): Promise<number> {
  return serve(createConnection(ProposedFeatures.all, stdin, stdout), input);
}
