import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Span } from '../diag/source.ts';
import type { Facts } from './facts.ts';
import type { BuildFile } from './project-files.ts';

/** One thing that may be wrong with a project. One file, and one line in `table.ts`. */
export interface Rule {
  /** As `--list-rules` shows it, and comments disable it: `unused-variable`. */
  readonly name: string;
  readonly doc: string;
  /** An error is refused when the project is set up; a warning is only likely to be a mistake. */
  readonly severity: 'error' | 'warning';
  /** Not looked at unless asked for: a matter of taste. */
  readonly optional?: true;
  /** Missing somewhere means missing in all files: not asked while one of them cannot be read. */
  readonly looksEverywhere?: true;
  readonly check: (facts: Facts, report: Report) => void;
}

/** Tells what a rule found. */
export type Report = (found: {
  readonly file: BuildFile;
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
  readonly related?: Diagnostic['related'];
}) => void;
