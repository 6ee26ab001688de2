import { type Position, positionAt, type Source, type Span } from './source.ts';

/** How bad it is. A deprecation and a notice are told, but never stop anything by themselves. */
export type Severity = 'error' | 'warning' | 'deprecation' | 'notice';

/** Where in a text. */
export interface Place {
  readonly source: Source;
  /** What Meson's headline counts line and column from. */
  readonly span: Span;
  /** What Meson's headline says, where no counting gives it: 0:0 of a byte order mark, the end of a file. */
  readonly position?: Position;
}

/** The line and column of a place, as its headline says them. */
export function placePosition(place: Place): Position {
  return place.position ?? positionAt(place.source, place.span.start);
}

/** What a user wrote wrongly, or should know: a value, collected and printed once. */
export interface Diagnostic {
  readonly severity: Severity;
  /** The first line, worded as Meson words it; without place and severity. May have more lines. */
  readonly message: string;
  readonly place?: Place;
  /** The smallest text at fault, where that is not `place.span`. The caret stands under it. */
  readonly focus?: Span;
  /** What to try. Each a sentence. */
  readonly hints: readonly string[];
  /** Other places that explain this one, as `the other "foo" is here`. */
  readonly related: readonly { readonly place: Place; readonly message: string }[];
}

/** An error with a place; hints and focus may be added by spreading. */
export function errorAt(place: Place, message: string, hint?: string): Diagnostic {
  return {
    severity: 'error',
    message,
    place,
    hints: hint === undefined ? [] : [hint],
    related: [],
  };
}

/** A diagnostic that no text caused: a command line, a missing file. */
export function plainError(message: string, hint?: string): Diagnostic {
  return { severity: 'error', message, hints: hint === undefined ? [] : [hint], related: [] };
}
