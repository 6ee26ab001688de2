import { type Diagnostic, type Place, plainError } from '../diag/diagnostic.ts';
import type { Span } from '../diag/source.ts';

/** What ends the evaluation of a project: something that a user wrote wrongly. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly diagnostic: Diagnostic;
  /** Further errors of the same text. */
  readonly others: readonly Diagnostic[];
  /** Code that means nothing, such as an unknown name: an error of a subproject even where it is not required. */
  readonly invalidCode: boolean;

  constructor(
    diagnostic: Diagnostic,
    others: readonly Diagnostic[] = [],
    { invalidCode = false }: { readonly invalidCode?: boolean } = {},
  ) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
    this.others = others;
    this.invalidCode = invalidCode;
  }
}

/** Ends evaluation with an error. The caret goes under `focus` where that is not the place itself. */
export function failAt(
  place: Place | undefined,
  message: string,
  {
    focus,
    hint,
    related = [],
    invalidCode = false,
  }: {
    readonly focus?: Span;
    readonly hint?: string;
    readonly related?: Diagnostic['related'];
    readonly invalidCode?: boolean;
  } = {},
): never {
  throw new EvaluationError(
    {
      severity: 'error',
      message,
      ...(place === undefined ? {} : { place }),
      ...(focus === undefined ? {} : { focus }),
      hints: hint === undefined ? [] : [hint],
      related,
    },
    [],
    { invalidCode },
  );
}

/** Ends evaluation with an error of what is no build file: a machine file, the command line, the disk. */
export function failPlainly(message: string, ...hints: readonly string[]): never {
  throw new EvaluationError({ ...plainError(message), hints });
}

/** Ends the reading of a build file: `subdir_done()`. No error. */
export class SubdirDone extends Error {
  override readonly name = 'SubdirDone';
}
