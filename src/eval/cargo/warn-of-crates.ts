import { plainError } from '../../diag/diagnostic.ts';
import type { Call } from '../call.ts';
import { isMade } from './plain-workspace.ts';

/** Tells of crates at the call that asks for them; of a build file that nobody wrote no place is told. */
export function warnOfCrates(call: Call, message: string): void {
  if (isMade(call.place.source))
    call.evaluation.report({ ...plainError(message), severity: 'warning' });
  else call.warn(message);
}
