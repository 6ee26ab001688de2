import type { Evaluation } from './evaluation.ts';

/** State that a builtin keeps in one run of the evaluator: made when first asked for. */
export function perEvaluation<T>(
  make: (evaluation: Evaluation) => T,
): (evaluation: Evaluation) => T {
  const states = new WeakMap<Evaluation, { readonly state: T }>();
  return (evaluation) => {
    const known = states.get(evaluation) ?? { state: make(evaluation) };
    states.set(evaluation, known);
    return known.state;
  };
}
