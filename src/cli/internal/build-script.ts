import { runScript, type ScriptRequest } from '../../cargo/script/run-script.ts';
import { exitCodes, type Session } from '../session.ts';

/** `build-script REQUEST`: runs a crate's build script and writes down what it says. */
export function buildScript({ host, terminal }: Session, words: readonly string[]): number {
  const request = JSON.parse(words[0] ?? '{}') as ScriptRequest; // written by the planner
  const { isDone, shown } = runScript(host, request);
  terminal.write(shown);
  return isDone ? exitCodes.ok : exitCodes.failed;
}
