import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Call } from '../call.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { shownPath } from '../interpreter/build-file.ts';
import { joinPath } from '../paths.ts';

/** Ends evaluation with what another room found wrong; what has no place is shown at the call. */
export function failWith(call: Call, faults: readonly Diagnostic[]): never {
  const [first, ...others] = faults.map((one) => shownHere(call, one));
  if (first === undefined) return call.fail('Cargo failed without saying why');
  throw new EvaluationError({ ...first, place: first.place ?? call.place }, others);
}

/** Manifests are named relative to the source root; messages name them relative to the user's folder. */
function shownHere({ evaluation }: Call, fault: Diagnostic): Diagnostic {
  const { place } = fault;
  const { files, system } = evaluation.host;
  const path = joinPath(evaluation.sourceRoot, place?.source.path ?? '');
  if (place === undefined || place.source.path.startsWith('/') || !files.isFile(path)) return fault;
  const source = { ...place.source, path: shownPath(system.workingDirectory, path) };
  return { ...fault, place: { ...place, source } };
}
