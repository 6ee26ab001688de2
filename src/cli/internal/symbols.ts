import { writeInterface } from '../../exec/perform/shared-library-interface.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuseFile } from '../terminal/refuse.ts';

/** `kaon internal symbols LIBRARY OUTPUT TOOL …`: what users of a shared library see of it, for builds that ninja runs. */
export async function symbols(session: Session, words: readonly string[]): Promise<number> {
  const { host } = session;
  const [library = '', output = '', ...tool] = words;
  const place = { buildDirectory: host.system.workingDirectory };
  const written = await writeInterface({ host, place }, { kind: 'symbols', library, output, tool });
  return written.ok ? exitCodes.ok : refuseFile(session, written.error);
}
