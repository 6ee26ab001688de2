import type { FormatStyle } from './style.ts';
import type { GapText } from './words.ts';

/** What shall stand between a word and the next. */
export type Gap =
  | { readonly kind: 'none' | 'space'; readonly indent: number; readonly comments?: number }
  /** Nothing yet: someone else will tell. */
  | { readonly kind: 'held' }
  /** The next word begins a line. `comments` is the depth of comments before it. */
  | { readonly kind: 'line'; readonly indent: number; readonly comments: number }
  /** As `line`, and empty lines stay. */
  | { readonly kind: 'statement'; readonly indent: number; readonly comments: number };

/** The text that is being written. */
export class Page {
  #text = '';
  readonly #style: FormatStyle;

  constructor(style: FormatStyle) {
    this.#style = style;
  }

  get text(): string {
    return this.#text;
  }

  write(text: string): void {
    this.#text += text;
  }

  /** How far the line goes that is being written. */
  get column(): number {
    const line = this.#text.slice(this.#text.lastIndexOf('\n') + 1);
    const { tabWidth } = this.#style;
    let column = 0;
    for (const character of line) {
      column += character === '\t' ? tabWidth - (column % tabWidth) : 1;
    }
    return column;
  }

  /** Writes a gap, with the comments that stood in its place. */
  gap(gap: Gap, was: GapText): void {
    if (!was.comments && (gap.kind === 'none' || gap.kind === 'space')) {
      if (gap.kind === 'space') this.#text += ' ';
      return;
    }
    if (gap.kind === 'held') return;
    const depth = gap.comments ?? gap.indent;
    const [trailing = '', ...own] = was.lines;
    // Outside of brackets only this lets a comment stand inside a statement.
    const joins = gap.kind === 'none' || gap.kind === 'space';
    if (was.continued && joins) this.#text += ' \\';
    if (trailing !== '') this.#text += this.#style.indentBeforeComments + trailing;
    this.#text += '\n';
    let seen = trailing !== '';
    // The last line is that of the next word.
    own.slice(0, -1).forEach((comment, at) => {
      const keepsEmpty = gap.kind === 'statement' || (seen && own[at + 1] !== '');
      if (comment !== '') this.#text += `${this.#indent(depth)}${comment}\n`;
      else if (keepsEmpty) this.#text += '\n';
      seen ||= comment !== '';
    });
    this.#text += this.#indent(gap.indent);
  }

  /** Goes on in a new line, by a backslash. */
  continueLine(indent: number): void {
    this.#text += ` \\\n${this.#indent(indent)}`;
  }

  #indent(depth: number): string {
    return this.#style.indentBy.repeat(depth);
  }
}
