import { unreachable } from '../../base/assert.ts';
import { codeFrame } from '../../diag/code-frame.ts';
import { type Diagnostic, placePosition, plainError } from '../../diag/diagnostic.ts';
import type { GraphFault } from '../../exec/order/select-actions.ts';
import { renderStale } from '../../exec/why/render-why.ts';
import type { Stale } from '../../exec/why/why-stale.ts';
import { unknownTarget } from '../../ninja/asked-for.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuseDiagnostic } from '../terminal/refuse.ts';

/** Tells what is wrong where ninja tells it, with its headline, then our frame. */
export function refuseAsNinja(session: Session, what: Diagnostic | string): number {
  const diagnostic = typeof what === 'string' ? plainError(what) : what;
  const { terminal, json } = session;
  if (json) return refuseDiagnostic(session, diagnostic);
  const { place, message } = diagnostic;
  if (place === undefined) {
    terminal.printError(`ninja: error: ${message}`);
    return exitCodes.wrong;
  }
  const { line, column } = placePosition(place);
  terminal.printError(`ninja: error: ${place.source.path}:${line}: ${message}`);
  // Where it is the line before that is at fault, there is nothing to show.
  const frame = column === 0 ? '' : codeFrame(place.source, place.span);
  if (frame !== '') terminal.printError(frame);
  return exitCodes.wrong;
}

/** Why nothing can be built, as ninja says it. */
export function faultInNinjasWords(fault: GraphFault): string {
  switch (fault.kind) {
    case 'unknown-goal':
      return unknownTarget(fault.name, fault.similar);
    case 'cycle':
      return `dependency cycle: ${fault.paths.join(' -> ')}`;
    case 'missing-input':
      return `'${fault.path}', needed by '${fault.neededBy}', missing and no known rule to make it`;
    default:
      return unreachable(fault);
  }
}

/** Why an output is made anew, as ninja says it where it knows such a reason. */
export function explainAsNinja(output: string, why: Stale | undefined): string {
  if (why === undefined) return `${output} is dirty`;
  switch (why.kind) {
    case 'output-missing':
      return `output ${why.path} doesn't exist`;
    case 'never-built':
      return `command line not found in log for ${output}`;
    case 'command-changed':
      return `command line changed for ${output}`;
    case 'input-changed':
      return `output ${output} older than most recent input ${why.path}`;
    case 'always-runs':
      return `${output} is dirty`;
    default:
      return `${output} is dirty: ${renderStale(why)}`;
  }
}
