import { type Diagnostic, errorAt } from '../diag/diagnostic.ts';
import type { Source } from '../diag/source.ts';
import type { Part, Template } from './template.ts';

/** Thrown within this room at the first fault of a manifest; caught at its door. */
export class ManifestError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

const name = /[a-zA-Z0-9_.-]+/y;
const simpleName = /[a-zA-Z0-9_-]+/y;
const blank = /(?: |\$\r?\n)*/y;
/** Up to what ends a path or must be looked at. */
const plainPath = /[^$ :|\r\n]+/y;
const plainValue = /[^$\r\n]+/y;
const comments = /(?:[ ]*#[^\n]*\r?\n)*/y;
const skipped = /(?:[ ]*(?:#[^\n]*)?\r?\n)*/y;

/** A cursor over the text of a manifest: names, paths and values with their escapes. */
export class Reader {
  readonly #source: Source;
  #at = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  get at(): number {
    return this.#at;
  }

  get source(): Source {
    return this.#source;
  }

  atEnd(): boolean {
    return this.#at >= this.#source.text.length;
  }

  /** Passes over empty lines and comments. */
  skipLines(): void {
    this.#take(skipped);
    // A last line may have no end.
    const rest = this.#source.text.slice(this.#at, this.#at + 1);
    if (rest === '#') this.#at = this.#source.text.length;
  }

  /** Passes over indented comments: they do not end what stands below a statement. */
  skipComments(): void {
    this.#take(comments);
  }

  /** Whether the line begins with blanks, as those below a statement do; passes over them. */
  indented(): boolean {
    const before = this.#at;
    this.#take(blank);
    return this.#at > before && !this.atEnd();
  }

  /** The next word; undefined where there is none. */
  name(): string | undefined {
    const found = this.#take(name);
    this.#take(blank);
    return found === '' ? undefined : found;
  }

  /** Passes over a sign if it is next. */
  sign(text: string): boolean {
    if (!this.#source.text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    this.#take(blank);
    return true;
  }

  endLine(): void {
    const { text } = this.#source;
    if (text[this.#at] === '\r') this.#at++;
    if (text[this.#at] === '\n') this.#at++;
    else if (!this.atEnd()) this.fail('unexpected text at the end of the line');
  }

  /** A path, up to a blank or a sign; undefined where there is none. */
  path(): Template | undefined {
    const path = this.#template(plainPath);
    this.#take(blank);
    return path === '' ? undefined : path;
  }

  /** What stands behind `=`, to the end of the line. */
  value(): Template {
    const value = this.#template(plainValue);
    this.endLine();
    return value;
  }

  /** Ends the reading. */
  fail(message: string, start = this.#at): never {
    const span = { start, end: Math.max(start + 1, this.#at) };
    throw new ManifestError(errorAt({ source: this.#source, span }, message));
  }

  #template(plain: RegExp): Template {
    const parts: Part[] = [];
    for (;;) {
      const text = this.#take(plain);
      if (text !== '') parts.push(text);
      const { text: all } = this.#source;
      const next = all[this.#at];
      if (next === '$') {
        const part = this.#escape();
        if (part !== '') parts.push(part);
      } else if (plain === plainPath || next === undefined || next === '\n') break;
      else if (next === '\r' && all[this.#at + 1] === '\n') break;
      else {
        parts.push(next);
        this.#at++;
      }
    }
    return parts.every((part) => typeof part === 'string') ? parts.join('') : parts;
  }

  /** What stands behind `$`. */
  #escape(): Part {
    const { text } = this.#source;
    const start = this.#at;
    this.#at++;
    const next = text[this.#at] ?? '';
    if (next !== '' && '$ :|^'.includes(next)) {
      this.#at++;
      return next === '^' ? '\n' : next;
    }
    if (next === '\n' || (next === '\r' && text[this.#at + 1] === '\n')) {
      this.#at += next === '\n' ? 1 : 2;
      this.#take(blank);
      return '';
    }
    if (next === '{') {
      this.#at++;
      const variable = this.#take(name);
      if (variable === '' || text[this.#at] !== '}') this.fail('bad $-escape', start);
      this.#at++;
      return { variable };
    }
    const variable = this.#take(simpleName);
    if (variable === '') this.fail('bad $-escape (literal $ must be written as $$)', start);
    return { variable };
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source.text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
