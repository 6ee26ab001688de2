import type { Diagnostic, Place } from '../diag/diagnostic.ts';
import type { Evaluation } from './evaluation.ts';
import type { ProjectScope } from './project-scope.ts';

/** Ways to tell people of what a call does. */
export interface Tell {
  warn(message: string): void;
  deprecated(message: string): void;
  /** Tells of a feature newer than the project's `meson_version`, in Meson's words. */
  uses(feature: string, since: string, extra?: string): void;
  /** The same of a feature that went. */
  usesDeprecated(feature: string, since: string, extra?: string): void;
  /** The same of one that never worked and was taken back. */
  usesBroken(feature: string, since: string, extra?: string): void;
}

/** What a builtin sees beside its arguments: where it was called, in which project, in which evaluation. */
export interface Call extends Tell {
  readonly evaluation: Evaluation;
  readonly scope: ProjectScope;
  /** Where Meson's headline points for this call. */
  readonly place: Place;
  /** Name of the function or method. */
  readonly name: string;
  /** The place of a positional argument (from 0) or a keyword's value, for carets. */
  argumentPlace(which: number | string): Place;
  /** The place of a keyword's name. */
  keywordPlace(name: string): Place;
  /** Ends evaluation with an error here. Thrown as an `EvaluationError`; caught at the room's door and by `required: false` subprojects. */
  fail(
    message: string,
    more?: {
      readonly at?: Place;
      readonly hint?: string;
      readonly related?: Diagnostic['related'];
    },
  ): never;
  /** The same with headlines that name no place, where Meson's name none; the place is told below. */
  readonly unplaced: Tell;
}
