import { prepareMessage } from '../prepare-subproject.ts';
import { exitCodes, type Session } from '../session.ts';

/** `kaon internal-prepare FILE`: a request for a subproject's sources in a file, the answer on standard output. */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const input = session.host.files.readText(words[0] ?? '');
  if (!input.ok) return exitCodes.failed;
  session.terminal.print(await prepareMessage(session, input.value));
  return exitCodes.ok;
}
