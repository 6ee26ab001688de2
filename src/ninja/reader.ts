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

/** What may stand in a manifest, by the names that ninja's messages use. */
export type Token =
  | "'build'"
  | "':'"
  | "'default'"
  | 'eof'
  | "'='"
  | 'identifier'
  | "'include'"
  | 'indent'
  | 'lexing error'
  | 'newline'
  | "'||'"
  | "'|'"
  | "'|@'"
  | "'pool'"
  | "'rule'"
  | "'subninja'";

const keywords: ReadonlyMap<string, Token> = new Map([
  ['build', "'build'"],
  ['default', "'default'"],
  ['include', "'include'"],
  ['pool', "'pool'"],
  ['rule', "'rule'"],
  ['subninja', "'subninja'"],
]);

const name = /[a-zA-Z0-9_.-]+/y;
const simpleName = /[a-zA-Z0-9_-]+/y;
const blank = /(?: |\$\r?\n)*/y;
const spaces = / */y;
/** Up to what ends a path or must be looked at. */
const plainPath = /[^$ :|\r\n\0]+/y;
const plainValue = /[^$\r\n\0]+/y;

/** A cursor over the text of a manifest: its tokens, and paths and values with their escapes. */
export class Reader {
  readonly #source: Source;
  #at = 0;
  /** Where the last token begins, or where the last path or value ended: what ninja's messages point at. */
  #last = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  get last(): number {
    return this.#last;
  }

  get source(): Source {
    return this.#source;
  }

  /** The next token; comments are passed over. */
  token(): Token {
    this.#passComments();
    this.#last = this.#at;
    const token = this.#scan();
    if (token !== 'newline' && token !== 'eof') this.#take(blank);
    return token;
  }

  /** Takes a token if it is next. */
  next(token: Token): boolean {
    if (this.token() === token) return true;
    this.back();
    return false;
  }

  /** Takes back the last token. */
  back(): void {
    this.#at = this.#last;
  }

  expect(token: Token): void {
    const found = this.token();
    if (found === token) return;
    const hint = token === "':'" ? " ($ also escapes ':')" : '';
    this.fail(`expected ${token}, got ${found}${hint}`);
  }

  /** The next word, whatever it means; undefined where there is none. */
  name(): string | undefined {
    this.#last = this.#at;
    const found = this.#take(name);
    this.#take(blank);
    return found === '' ? undefined : found;
  }

  /** A path, up to a blank or a sign; undefined where there is none. */
  path(): Template | undefined {
    const path = this.#template(plainPath);
    this.#take(blank);
    return path === '' ? undefined : path;
  }

  /** All paths that stand here. */
  paths(): readonly Template[] {
    const found: Template[] = [];
    for (let path = this.path(); path !== undefined; path = this.path()) found.push(path);
    return found;
  }

  /** `NAME = VALUE` to the end of the line. */
  binding(): { readonly variable: string; readonly value: Template } {
    const variable = this.name();
    if (variable === undefined) this.fail('expected variable name');
    this.expect("'='");
    return { variable, value: this.#template(plainValue) };
  }

  /** Ends the reading, as ninja says it; the caret stands where its message points. */
  fail(message: string): never {
    const span = { start: this.#last, end: Math.max(this.#last + 1, this.#at) };
    throw new ManifestError(errorAt({ source: this.#source, span }, message));
  }

  /** Ends the reading at what is no token. */
  failAtToken(): never {
    const tab = this.#source.text[this.#last] === '\t';
    this.fail(tab ? 'tabs are not allowed, use spaces' : 'lexing error');
  }

  /** A comment must end in a line end to be one. */
  #passComments(): void {
    const { text } = this.#source;
    for (;;) {
      const start = this.#at;
      this.#take(spaces);
      const end = text[this.#at] === '#' ? text.indexOf('\n', this.#at) : -1;
      if (end === -1) {
        this.#at = start;
        return;
      }
      this.#at = end + 1;
    }
  }

  #scan(): Token {
    const { text } = this.#source;
    const blanks = this.#take(spaces);
    const next = text[this.#at];
    if (next === '\n' || (next === '\r' && text[this.#at + 1] === '\n')) {
      this.#at += next === '\n' ? 1 : 2;
      return 'newline';
    }
    if (blanks !== '') return 'indent';
    if (next === undefined || next === '\0') return 'eof';
    const word = this.#take(name);
    if (word !== '') return keywords.get(word) ?? 'identifier';
    this.#at++;
    if (next === '=') return "'='";
    if (next === ':') return "':'";
    if (next !== '|') return 'lexing error';
    const second = text[this.#at];
    if (second !== '|' && second !== '@') return "'|'";
    this.#at++;
    return second === '|' ? "'||'" : "'|@'";
  }

  #template(plain: RegExp): Template {
    const { text: all } = this.#source;
    const parts: Part[] = [];
    for (;;) {
      const text = this.#take(plain);
      if (text !== '') parts.push(text);
      this.#last = this.#at;
      const next = all[this.#at];
      if (next === '$') {
        const part = this.#escape();
        if (part !== '') parts.push(part);
        continue;
      }
      if (next === undefined || next === '\0') this.fail('unexpected EOF');
      const end = next === '\n' ? 1 : next === '\r' && all[this.#at + 1] === '\n' ? 2 : 0;
      if (end === 0 && next === '\r') this.failAtToken();
      if (plain === plainValue) this.#at += end;
      break;
    }
    return parts.every((part) => typeof part === 'string') ? parts.join('') : parts;
  }

  /** What stands behind `$`. */
  #escape(): Part {
    const { text } = this.#source;
    this.#at++;
    const next = text[this.#at] ?? '';
    if (next !== '' && '$ :^'.includes(next)) {
      this.#at++;
      return next === '^' ? '\n' : next;
    }
    if (next === '\n' || (next === '\r' && text[this.#at + 1] === '\n')) {
      this.#at += next === '\n' ? 1 : 2;
      this.#take(spaces);
      return '';
    }
    if (next === '{') {
      this.#at++;
      const variable = this.#take(name);
      if (variable !== '' && text[this.#at] === '}') {
        this.#at++;
        return { variable };
      }
    }
    const variable = this.#take(simpleName);
    if (variable === '' || next === '{') {
      this.fail('bad $-escape (literal $ must be written as $$)');
    }
    return { variable };
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source.text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
