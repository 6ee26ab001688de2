import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Call } from '../call.ts';
import { EvaluationError } from '../evaluation-error.ts';

/** Ends evaluation with what another room found wrong; what has no place is shown at the call. */
export function failWith(call: Call, faults: readonly Diagnostic[]): never {
  const [first, ...others] = faults;
  if (first === undefined) return call.fail('Cargo failed without saying why');
  throw new EvaluationError({ ...first, place: first.place ?? call.place }, others);
}
