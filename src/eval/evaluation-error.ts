import type { Diagnostic, Place } from '../diag/diagnostic.ts';
import type { Span } from '../diag/source.ts';

/** What ends the evaluation of a project: something that a user wrote wrongly. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly diagnostic: Diagnostic;
  /** Further errors of the same text. */
  readonly others: readonly Diagnostic[];

  constructor(diagnostic: Diagnostic, others: readonly Diagnostic[] = []) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
    this.others = others;
  }
}

/** Ends evaluation with an error. The caret goes under `focus` where that is not the place itself. */
export function failAt(
  place: Place | undefined,
  message: string,
  { focus, hint }: { readonly focus?: Span; readonly hint?: string } = {},
): never {
  throw new EvaluationError({
    severity: 'error',
    message,
    ...(place === undefined ? {} : { place }),
    ...(focus === undefined ? {} : { focus }),
    hints: hint === undefined ? [] : [hint],
    related: [],
  });
}

/** Ends the reading of a build file: `subdir_done()`. No error. */
export class SubdirDone extends Error {
  override readonly name = 'SubdirDone';
}
