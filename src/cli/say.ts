import { pythonRepr } from '../base/python-repr.ts';
import type { FileFault } from '../host/host.ts';
import { exitCodes, type Session } from './session.ts';

/** Tells that a command cannot do its work as asked, and answers what to exit with. */
export function refuse({ terminal }: Pick<Session, 'terminal'>, message: string): number {
  const word = terminal.color ? '\u001b[1;31mERROR:\u001b[0m' : 'ERROR:';
  // Where Meson says it.
  terminal.print(`\n${word} ${message}`);
  return exitCodes.wrong;
}

export function refuseFile(session: Pick<Session, 'terminal'>, fault: FileFault): number {
  return refuse(session, `${fault.reason}: ${pythonRepr(fault.path)}`);
}
