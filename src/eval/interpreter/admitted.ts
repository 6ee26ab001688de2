import type { Call } from '../call.ts';
import type { Value } from '../value.ts';

/** A value that is not too large. */
export function admitted(call: Call, value: Value): Value {
  const complaint = call.evaluation.limits.complaint(value);
  return complaint === undefined ? value : call.fail(complaint);
}
