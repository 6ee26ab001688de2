import type { Diagnostic } from '../diag/diagnostic.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { EvaluateInput, Told } from './input.ts';

/** Passes on what is said, in source order, with the subproject's name before lines of its own. */
export class Teller {
  readonly told: Told[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #input: EvaluateInput;
  readonly #said = new Set<string>();
  /** From the first line that is not known yet. */
  readonly #waiting: (Told | { readonly prefix: string; readonly text: () => string })[] = [];
  #prefix = '';
  #warnings = 0;

  constructor(input: EvaluateInput) {
    this.#input = input;
  }

  line(text: string): void {
    for (const line of text.split('\n'))
      this.#tell({ kind: 'line', text: prefixed(this.#prefix, line) });
  }

  /** A line that is asked for later: all that comes after it waits with it. */
  later(text: () => string): void {
    this.#waiting.push({ prefix: this.#prefix, text });
  }

  /** Tells what waits. */
  flush(): void {
    for (const waiting of this.#waiting.splice(0)) {
      if ('kind' in waiting) this.#pass(waiting);
      else {
        const text = waiting.text();
        if (text === '') continue;
        for (const line of text.split('\n'))
          this.#pass({ kind: 'line', text: prefixed(waiting.prefix, line) });
      }
    }
  }

  detail(text: string): void {
    this.#tell({ kind: 'detail', text: prefixed(this.#prefix, text) });
  }

  /** Tells a diagnostic once per place; a warning ends evaluation where warnings are fatal. */
  report(diagnostic: Diagnostic): void {
    const { place, message, severity } = diagnostic;
    const key = `${place?.source.path}\0${place?.span.start}\0${severity}\0${message}`;
    if (place !== undefined && this.#said.has(key)) return;
    this.#said.add(key);
    if (severity !== 'error') this.#warnings++;
    this.tell(diagnostic);
    if (
      this.#input.fatalWarnings === true &&
      (severity === 'warning' || severity === 'deprecation')
    )
      throw new EvaluationError({
        severity: 'error',
        message: 'Fatal warnings enabled, aborting',
        ...(place !== undefined && { place }),
        hints: [],
        related: [],
      });
  }

  tell(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    this.#tell({ kind: 'diagnostic', prefix: this.#prefix, diagnostic });
  }

  /** What is said by then belongs to a subproject; to nobody where its name is empty. */
  nested<T>(subproject: string, run: () => T): { readonly value: T; readonly warnings: number } {
    const [prefix, before] = [this.#prefix, this.#warnings];
    this.#prefix = subproject === '' ? '' : `${subproject}| `;
    this.#warnings = 0;
    try {
      const value = run();
      return { value, warnings: this.#warnings };
    } finally {
      this.#prefix = prefix;
      this.#warnings = before;
    }
  }

  #tell(told: Told): void {
    if (this.#waiting.length > 0) this.#waiting.push(told);
    else this.#pass(told);
  }

  #pass(told: Told): void {
    this.told.push(told);
    this.#input.listener?.(told);
  }
}

/** Lines of subprojects stand at their names, however they were indented; empty ones have none. */
function prefixed(prefix: string, line: string): string {
  if (prefix === '') return line;
  const text = line.trim();
  return text === '' ? '' : prefix + text;
}
