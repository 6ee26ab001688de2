import { pythonRepr } from '../../base/python-repr.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import { jsonReporter } from '../../events/json-reporter.ts';
import type { FileFault } from '../../host/host.ts';
import { exitCodes, type Session } from '../session.ts';
import { shownDiagnostic } from './terminal.ts';

/** Tells that a command cannot do its work as asked, and answers what to exit with. */
export function refuse(
  { terminal, json }: Pick<Session, 'terminal' | 'json'>,
  message: string,
): number {
  return refuseDiagnostic({ terminal, json }, plainError(message));
}

/** The same of a fault in a file, which is shown with its place. */
export function refuseDiagnostic(
  { terminal, json }: Pick<Session, 'terminal' | 'json'>,
  diagnostic: Diagnostic,
): number {
  if (json) {
    jsonReporter((text) => terminal.write(text))({ kind: 'diagnostic', diagnostic });
  } else {
    // To standard output, where Meson says it.
    terminal.print(`\n${shownDiagnostic(diagnostic, terminal)}`);
  }
  return exitCodes.wrong;
}

/** The same of several faults. */
export function refuseDiagnostics(
  session: Pick<Session, 'terminal' | 'json'>,
  diagnostics: readonly Diagnostic[],
): number {
  for (const diagnostic of diagnostics) refuseDiagnostic(session, diagnostic);
  return exitCodes.wrong;
}

/** The same of a file that cannot be read or written. */
export function refuseFile(session: Pick<Session, 'terminal' | 'json'>, fault: FileFault): number {
  return refuse(session, `${fault.reason}: ${pythonRepr(fault.path)}`);
}
