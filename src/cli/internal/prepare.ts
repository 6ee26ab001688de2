import { exitCodes, type Session } from '../session.ts';
import { prepareMessage } from '../setup/prepare-subproject.ts';

/** `prepare FILE`: a request for a subproject's sources in a file, the answer on standard output. */
export async function prepare(session: Session, words: readonly string[]): Promise<number> {
  const request = session.host.files.readText(words[0] ?? '');
  if (!request.ok) {
    session.terminal.printError(`kaon: ${request.error.path}: ${request.error.reason}`);
    return exitCodes.failed;
  }
  session.terminal.print(await prepareMessage(session, request.value));
  return exitCodes.ok;
}
