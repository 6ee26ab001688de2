import type { Environment } from '../../base/environment.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { renderDiagnostic } from '../../diag/render.ts';
import { sanitize } from '../../events/sanitize.ts';
import { heedWriteErrors, type WrittenTo } from './write-errors.ts';

/** Where people read. */
export interface Terminal {
  /** To standard output, as it is. */
  write(text: string): void;
  /** A line to standard output; on a terminal it can only paint, whatever texts of others stand in it. */
  print(line: string): void;
  /** A line to standard error, likewise. */
  printError(line: string): void;
  readonly color: boolean;
  /** Standard output is a terminal, on which lines can be overwritten. */
  readonly interactive: boolean;
  readonly columns: number;
  readonly rows?: number;
}

/** A line at the bottom that the next text overwrites. */
export interface ProgressLine {
  write(text: string): void;
  progress(line: string): void;
}

/** A progress line of a terminal that can overwrite lines. */
export function progressLine({ write, columns }: Terminal): ProgressLine {
  let shown = false;
  const erase = '\r\u001b[K';
  return {
    write: (text) => {
      write(shown ? erase + text : text);
      shown = false;
    },
    progress: (line) => {
      write(erase + line.slice(0, columns - 1));
      shown = true;
    },
  };
}

interface OutputStream extends WrittenTo, Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'> {}

/** The standard streams of a process, and what its environment says of colours. */
export interface Streams {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Environment;
  /** Ends kaon, when nothing can be said any more. */
  readonly exit: (code: number) => void;
}

/** The terminal of a process; it need not be one: a file or a pipe gets plain lines. */
export function processTerminal({ stdout, stderr, environment, exit }: Streams): Terminal {
  heedWriteErrors({ stdout, stderr, exit });
  const interactive = stdout.isTTY === true && environment['TERM'] !== 'dumb';
  return {
    write: (text) => void stdout.write(text),
    print: (line) => void stdout.write(`${harmless(line, stdout)}\n`),
    printError: (line) => void stderr.write(`${harmless(line, stderr)}\n`),
    color: colorWanted({ environment, interactive }),
    interactive,
    // Some terminals do not know their size, and it changes.
    get columns() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
  };
}

/** Where programs read, a line stays as it is. */
function harmless(line: string, { isTTY }: OutputStream): string {
  return isTTY === true ? sanitize(line, { colors: true }) : line;
}

/** NO_COLOR and CLICOLOR_FORCE as no-color.org and bixense.com/clicolors say. */
function colorWanted({
  environment,
  interactive,
}: {
  readonly environment: Environment;
  readonly interactive: boolean;
}): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  if ((environment['CLICOLOR_FORCE'] ?? '0') !== '0') return true;
  return interactive;
}

/** A diagnostic for people, in colour where that is wanted. */
export function shownDiagnostic(diagnostic: Diagnostic, { color }: Terminal): string {
  if (!color) return renderDiagnostic(diagnostic);
  const code = { error: 31, warning: 33, deprecation: 33, notice: 36 };
  return renderDiagnostic(diagnostic, {
    severity: (text, severity) => `\u001b[1;${code[severity]}m${text}\u001b[0m`,
    dim: (text) => text,
  });
}
