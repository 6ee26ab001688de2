import { runScript, scriptRequest } from '../../cargo/script/run-script.ts';
import { exitCodes, type Session } from '../session.ts';

/** `build-script WORK AUDIENCE`: runs a crate's build script and writes down what it says. */
export function buildScript({ host, terminal }: Session, words: readonly string[]): number {
  const { isDone, shown } = runScript(host, scriptRequest(words));
  terminal.write(shown);
  return isDone ? exitCodes.ok : exitCodes.failed;
}
