import { prepareMessage } from '../prepare-subproject.ts';
import { exitCodes, type Session } from '../session.ts';

/** `kaon internal-prepare`: a request for a subproject's sources on standard input, the answer on standard output. */
export async function run(session: Session): Promise<number> {
  const input = session.host.files.readText('/dev/stdin');
  if (!input.ok) return exitCodes.failed;
  session.terminal.print(await prepareMessage(session, input.value));
  return exitCodes.ok;
}
