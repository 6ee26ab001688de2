import type { Span } from '../diag/source.ts';

/** A change of a text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** The text with all edits made; those at the same place in the order given. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { span, text: more } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    result += text.slice(at, Math.max(at, span.start)) + more;
    at = Math.max(at, span.end);
  }
  return result + text.slice(at);
}

/** Puts a text at a place, and takes nothing away. */
export function insertion(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text };
}
