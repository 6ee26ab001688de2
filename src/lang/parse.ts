import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Source } from '../diag/source.ts';
import { Cursor } from './cursor.ts';
import type { LexerOptions } from './lexer.ts';
import { parseFile } from './statement.ts';
import type { Tree } from './tree.ts';

/** What is not the same in all build files. */
export type ParseOptions = LexerOptions;

/** What a text says, as far as it can be understood, and what is wrong with it. */
export interface Parsed {
  readonly tree: Tree;
  /** Warnings, then errors in the order in which Meson would meet them: where it stops, its message is the first error. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a build or option file. */
export function parse(source: Source, options: ParseOptions = {}): Parsed {
  const cursor = new Cursor(source, options);
  const statements = parseFile(cursor);
  return {
    tree: { statements, comments: cursor.lexer.comments },
    diagnostics: cursor.problems.all,
  };
}
