import { parse, TomlError } from 'smol-toml';
import { err, ok, type Result } from '../../base/result.ts';
import { type Diagnostic, errorAt, type Place } from '../../diag/diagnostic.ts';
import { positionAt, type Source } from '../../diag/source.ts';
import { inCargosWords } from './toml-words.ts';

export type Table = Readonly<Record<string, unknown>>;

/** Reads a TOML text; a fault shows where. */
export function parseToml(source: Source): Result<Table, Diagnostic> {
  try {
    return ok(parse(source.text));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [headline = ''] = error.message.split('\n');
    const message = headline.replace(/^Invalid TOML document: /, '');
    const at = offsetOf(source, error.line, error.column);
    if (/redefine/.test(message)) return err(repeatedKey(source, at));
    const told = inCargosWords(source.text, { message, at });
    return err(errorAt({ source, span: { start: told.at, end: told.at + 1 } }, told.message));
  }
}

/** In the words of Python's reader, which Meson shows: it has read the second value when it complains. */
function repeatedKey(source: Source, at: number): Diagnostic {
  const [line = ''] = source.text.slice(at).split('\n', 1);
  const [entry = ''] = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^#"'])*/.exec(line) ?? [];
  const end = at + entry.trimEnd().length;
  const [key = ''] = /^[^=]*[^=\s]/.exec(entry) ?? [];
  const span = { start: end, end };
  const { line: row, column } = positionAt(source, end);
  // That reader counts columns from 1.
  const place = { source, span, position: { line: row, column: column + 1 } };
  return {
    ...errorAt(
      place,
      'Cannot overwrite a value',
      `\`${key.replace(/^\[+|\]+$/g, '')}\` is there twice.`,
    ),
    focus: { start: at, end: at + key.length },
  };
}

function offsetOf({ text }: Source, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + Math.max(0, column - 1);
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Takes values out of a table and notes those of a wrong type. The TOML reader keeps no places, so
 * a complaint stands at the first line where its key is written.
 */
export class TableReader {
  readonly #source: Source;
  readonly #diagnostics: Diagnostic[];

  constructor(source: Source, diagnostics: Diagnostic[]) {
    this.#source = source;
    this.#diagnostics = diagnostics;
  }

  string(table: Table, key: string): string | undefined {
    return this.#typed(table, key, {
      what: 'a string',
      check: (value) => typeof value === 'string',
    });
  }

  boolean(table: Table, key: string): boolean | undefined {
    return this.#typed(table, key, {
      what: 'true or false',
      check: (value) => typeof value === 'boolean',
    });
  }

  strings(table: Table, key: string): readonly string[] | undefined {
    return this.#typed(table, key, {
      what: 'a list of strings',
      check: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
    });
  }

  table(table: Table, key: string): Table | undefined {
    return this.#typed(table, key, { what: 'a table', check: isTable });
  }

  tables(table: Table, key: string): readonly Table[] | undefined {
    return this.#typed(table, key, {
      what: 'a list of tables',
      check: (value) => Array.isArray(value) && value.every(isTable),
    });
  }

  complain(key: string, message: string, hint?: string): void {
    this.#diagnostics.push(errorAt(placeOfKey(this.#source, key), message, hint));
  }

  #typed<T>(
    table: Table,
    key: string,
    { what, check }: { readonly what: string; readonly check: (value: unknown) => boolean },
  ): T | undefined {
    const value = table[key];
    if (value === undefined) return undefined;
    // `check` has just told that it is of that type.
    if (check(value)) return value as T;
    this.complain(key, `"${key}" must be ${what}`);
    return undefined;
  }
}

/** The first line that gives a key or names it in a header. */
export function placeOfKey(source: Source, key: string): Place {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(
    `^([ \\t]*(?:\\[+[^\\]]*\\b)?["']?)(${escaped})["']?[ \\t]*(?:[=.\\]])`,
    'm',
  ).exec(source.text);
  if (match === null) return { source, span: { start: 0, end: 0 } };
  const start = match.index + (match[1]?.length ?? 0);
  return { source, span: { start, end: start + key.length } };
}

/** The line that gives a key this very value; where there is none, the first that gives it any. */
export function placeOfEntry(source: Source, key: string, value: string): Place {
  const escaped = [key, value].map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = new RegExp(`^[ \\t]*${escaped[0]}[ \\t]*=[ \\t]*["']${escaped[1]}["']`, 'm').exec(
    source.text,
  );
  if (match === null) return placeOfKey(source, key);
  const end = match.index + match[0].length;
  return { source, span: { start: end - value.length - 2, end } };
}
