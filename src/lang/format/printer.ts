import { unreachable } from '../../base/assert.ts';
import type {
  Block,
  CallExpression,
  Expression,
  MethodCallExpression,
  Statement,
  Tree,
} from '../tree.ts';
import { listInFiles } from './list-in-files.ts';
import { type Gap, Page } from './page.ts';
import { groupedRows, haveKeys, type Row, rowsOf, sortedRows } from './rows.ts';
import type { FormatStyle } from './style.ts';
import { closersOf, type GapText, noGap, singleCommas, type Word } from './words.ts';

/** What is printed over several lines though it need not be, known by the word that opens it. */
export type Split = ReadonlySet<number>;

/** A build file that was laid out once; lines that are too long ask for another time. */
export interface Printed {
  readonly text: string;
  /** What should be split, as its line is too long. */
  readonly tooLong: Split;
}

/** A build file to lay out: its tree, and its words with what stands between them. */
export interface PrintRequest {
  readonly tree: Tree;
  readonly before: GapText;
  readonly words: readonly Word[];
  readonly style: FormatStyle;
  readonly split: Split;
  /** How many pairs of brackets around a line that is too long are left as they are. */
  readonly round: number;
}

/** Lays a build file out anew, with lines split as asked; tells which are too long still. */
export function print(request: PrintRequest): Printed {
  return new Printer(request).print();
}

/** Where an expression stands. */
interface Place {
  /** How far lines are indented that begin inside it. */
  readonly indent: number;
  /** Inside parentheses that are split: `and` and `or` begin lines. */
  readonly inSplit: boolean;
  /** Inside any brackets: a line ends without a backslash. */
  readonly inBrackets: boolean;
}

class Printer {
  readonly #request: PrintRequest;
  readonly #page: Page;
  readonly #byStart: ReadonlyMap<number, number>;
  readonly #tooLong = new Set<number>();
  /** The brackets that are open where we write. */
  readonly #open: number[] = [];
  readonly #closers: ReadonlyMap<number, number>;
  /** Words that close a bracket. */
  readonly #closing: ReadonlySet<number>;
  /** Commas that will go, and so ask for nothing. */
  readonly #dropped: ReadonlySet<number>;
  /** The word to write next. */
  #at = 0;
  /** What stands behind the last word of an argument, until its comma is written. */
  #held = noGap;

  constructor(request: PrintRequest) {
    this.#request = request;
    this.#page = new Page(request.style);
    this.#byStart = new Map(request.words.map(({ start }, at) => [start, at]));
    this.#closers = closersOf(request.words);
    this.#dropped = request.style.noSingleCommaFunction
      ? singleCommas(request.words)
      : new Set<number>();
    this.#closing = new Set(this.#closers.values());
  }

  print(): Printed {
    const { tree, before } = this.#request;
    this.#leading(before);
    this.#block(tree.statements, { indent: 0, end: { kind: 'statement', indent: 0, comments: 0 } });
    return { text: this.#page.text, tooLong: this.#tooLong };
  }

  /** Comments and empty lines before the first word. */
  #leading({ lines }: GapText): void {
    for (const line of lines.slice(0, -1)) this.#page.write(`${line}\n`);
    this.#page.write(lines.at(-1) ?? '');
  }

  #word(at: number): Word {
    return this.#request.words[at] ?? { text: '', start: 0, end: 0, gap: noGap };
  }

  /** Writes the next word, and what stands behind it. */
  #take(gap: Gap, text?: string): void {
    const word = this.#word(this.#at);
    this.#page.write(text ?? word.text);
    const isLast = this.#at === this.#request.words.length - 1;
    if (gap.kind === 'held') this.#held = word.gap;
    else if (isLast) this.#end(word.gap);
    else this.#page.gap(gap, word.gap);
    this.#at++;
  }

  /** What stands behind the last word. */
  #end({ lines }: GapText): void {
    const [trailing = '', ...own] = lines;
    const { indentBeforeComments } = this.#request.style;
    if (trailing !== '') this.#page.write(indentBeforeComments + trailing);
    for (const line of own) this.#page.write(`\n${line}`);
  }

  /** Every statement of a block; `end` is what stands behind the last. */
  #block(block: Block, { indent, end }: { readonly indent: number; readonly end: Gap }): void {
    block.forEach((statement, at) => {
      const gap: Gap =
        at === block.length - 1 ? end : { kind: 'statement', indent, comments: indent };
      this.#statement(statement, indent, gap);
    });
  }

  #statement(statement: Statement, indent: number, gap: Gap): void {
    const place: Place = { indent, inSplit: false, inBrackets: false };
    const space: Gap = { kind: 'space', indent };
    switch (statement.kind) {
      case 'expression':
        this.#expression(statement.expression, place, gap);
        break;
      case 'assignment':
        this.#expression(statement, place, gap);
        break;
      case 'break':
      case 'continue':
        this.#take(gap);
        break;
      case 'if':
        for (const { condition, body } of statement.branches) {
          this.#body(body, indent, (inner) => this.#condition(condition, place, inner));
        }
        if (statement.otherwise !== undefined) {
          this.#body(statement.otherwise, indent, (inner) => this.#take(inner));
        }
        this.#take(gap);
        break;
      case 'foreach':
        this.#take(space);
        statement.names.forEach((_name, at) => {
          if (at > 0) this.#take(space);
          this.#take(at === statement.names.length - 1 ? space : { kind: 'none', indent });
        });
        this.#body(statement.body, indent, (inner) => this.#operand(statement.items, place, inner));
        this.#take(gap);
        break;
      case 'testcase':
        this.#body(statement.body, indent, (inner) =>
          this.#operand(statement.condition, place, inner),
        );
        this.#take(gap);
        break;
      default:
        unreachable(statement);
    }
  }

  /** Of `if` and `elif`: lines that begin in it may be told from those of the body below. */
  #condition(node: Expression, place: Place, gap: Gap): void {
    const more = this.#request.style.continuationIndent ? 1 : 0;
    this.#operand(node, { ...place, indent: place.indent + more }, gap);
  }

  /** A head and the indented block below it, up to the word that ends the block. */
  #body(body: Block, indent: number, head: (gap: Gap) => void): void {
    const end: Gap = { kind: 'statement', indent, comments: indent + 1 };
    head(body.length === 0 ? end : { ...end, indent: indent + 1 });
    this.#block(body, { indent: indent + 1, end });
  }

  #expression(node: Expression, place: Place, gap: Gap): void {
    const { indent } = place;
    const none: Gap = { kind: 'none', indent };
    const space: Gap = { kind: 'space', indent };
    switch (node.kind) {
      case 'string':
        this.#take(gap, this.#stringText(node));
        break;
      case 'number':
      case 'boolean':
      case 'identifier':
        this.#take(gap);
        break;
      case 'missing':
        break;
      case 'assignment':
        this.#take(space);
        this.#operand(node.value, place, gap);
        break;
      case 'not':
        this.#operand(node.operand, place, gap);
        break;
      case 'negate':
        this.#take(node.operand.kind === 'missing' ? gap : none);
        this.#expression(node.operand, place, gap);
        break;
      case 'binary': {
        const breaks = place.inSplit && (node.operator === 'and' || node.operator === 'or');
        const behind: Gap = breaks ? { kind: 'line', indent, comments: indent } : space;
        this.#expression(node.left, place, behind);
        if (node.operator === 'not in') this.#take(space);
        this.#operand(node.right, place, gap);
        break;
      }
      case 'ternary':
        this.#expression(node.condition, place, space);
        this.#take(space);
        this.#expression(node.then, place, space);
        this.#operand(node.otherwise, place, gap);
        break;
      case 'index':
        this.#expression(node.object, place, none);
        this.#take(none);
        this.#expression(node.index, { ...place, inBrackets: true }, none);
        this.#take(gap);
        break;
      case 'parentheses':
        this.#parentheses(node.inner, place, gap);
        break;
      case 'array':
      case 'dictionary':
        this.#bracketed(node, place, gap);
        break;
      case 'call':
        this.#call(node, place, gap);
        break;
      case 'method-call':
        this.#methodCall(node, place, gap);
        break;
      default:
        unreachable(node);
    }
  }

  /** A word, a space and what the word works on; where that is missing, the gap behind it belongs to the word. */
  #operand(node: Expression, place: Place, gap: Gap): void {
    this.#take(node.kind === 'missing' ? gap : { kind: 'space', indent: place.indent });
    this.#expression(node, place, gap);
  }

  #stringText({ format, value }: Extract<Expression, { readonly kind: 'string' }>): string {
    const { text } = this.#word(this.#at);
    if (!this.#request.style.simplifyStringLiterals) return text;
    const plain = format && !value.includes('@') ? text.slice(1) : text;
    // A backslash between three quotes stands for itself.
    if (!/^f?'''/.test(plain) || /[\r\n'\\]/.test(value)) return plain;
    return plain.replace("'''", "'").slice(0, -2);
  }

  #parentheses(inner: Expression, place: Place, gap: Gap): void {
    const opener = this.#at;
    const { indent } = place;
    const { stickyParens } = this.#request.style;
    const last = this.#word((this.#closers.get(opener) ?? opener) - 1);
    const isSplit =
      this.#word(opener).gap.comments ||
      // Where brackets stick to what they hold that says nothing.
      (last.gap.newline && !stickyParens) ||
      this.#request.split.has(opener);
    const deeper = isSplit ? indent + 1 : indent;
    const onLine = isSplit && !stickyParens;
    this.#take({ kind: onLine ? 'line' : 'none', indent: deeper, comments: deeper });
    this.#expression(
      inner,
      { indent: deeper, inSplit: isSplit || place.inSplit, inBrackets: true },
      { kind: onLine ? 'line' : 'none', indent, comments: deeper },
    );
    if (!isSplit && this.#isTooLong(1)) this.#tooLong.add(opener);
    this.#take(gap);
  }

  #call(node: CallExpression, place: Place, gap: Gap): void {
    this.#take({ kind: 'none', indent: place.indent });
    this.#bracketed(node, place, gap);
  }

  #methodCall(node: MethodCallExpression, place: Place, gap: Gap): void {
    const none: Gap = { kind: 'none', indent: place.indent };
    this.#expression(node.object, place, none);
    const before = this.#word(this.#at - 1).gap;
    const isContinued = !place.inBrackets && before.continued && !before.comments;
    const own = isContinued ? { ...place, indent: place.indent + 1 } : place;
    if (isContinued) this.#page.continueLine(own.indent);
    this.#take(none);
    this.#take(none);
    this.#bracketed(node, own, gap);
  }

  /** From the opening bracket of a call, an array or a dictionary to the closing one, and the gap behind it. */
  #bracketed(node: Expression, place: Place, gap: Gap): void {
    const { style } = this.#request;
    const opener = this.#at;
    const closer = this.#closers.get(opener) ?? opener + 1;
    const rows = this.#rows(node, opener, closer);
    const isCall = node.kind === 'call' || node.kind === 'method-call';
    const isSplit = this.#isSplit(opener, closer) || (style.kwargsForceMultiline && haveKeys(rows));
    const { indent } = place;
    const inner = isSplit ? indent + 1 : indent;
    const padded = style.spaceArray && node.kind === 'array' && rows.length > 0;
    const edge: Gap = { kind: padded ? 'space' : 'none', indent };
    const first = rows.length === 0 ? indent : inner;
    this.#take(isSplit ? { kind: 'line', indent: first, comments: inner } : edge);
    this.#open.push(opener);
    const grouped = style.groupArgValue ? groupedRows(rows) : new Set<number>();
    const inside: Place = { ...place, indent: inner, inBrackets: true };
    rows.forEach((row, at) => {
      this.#at = this.#byStart.get(row.start) ?? this.#at;
      if (at < rows.length - 1) {
        const onLine: Gap = { kind: 'space', indent: inner };
        const onOwn: Gap = { kind: 'line', indent: inner, comments: inner };
        this.#row(row, inside, { comma: true, gap: isSplit && !grouped.has(at) ? onOwn : onLine });
        return;
      }
      const comma = isSplit && !(isCall && rows.length === 1 && style.noSingleCommaFunction);
      const end: Gap = isSplit ? { kind: 'line', indent, comments: inner } : edge;
      this.#row(row, inside, { comma, gap: end });
    });
    const mayBeSplit = rows.length > 0 && !isSplit;
    if (mayBeSplit && this.#isTooLong(0)) this.#splitAround(opener);
    this.#open.pop();
    if (mayBeSplit && !isCall && this.#isTooLong(1)) this.#splitAround(opener);
    this.#at = closer;
    this.#take(gap);
  }

  /** What stands between brackets; `files([…])` is taken as `files(…)`. */
  #rows(node: Expression, opener: number, closer: number): readonly Row[] {
    const rows = rowsOf(node);
    if (node.kind !== 'call' || node.name !== 'files') return rows;
    const { style, words } = this.#request;
    const own = listInFiles(rows, { words, closers: this.#closers, opener, closer }) ?? rows;
    return style.sortFiles && !haveKeys(own) ? sortedRows(own) : own;
  }

  /** Comments, long strings and commas before a closing bracket ask for lines of their own. */
  #isSplit(opener: number, closer: number): boolean {
    if (this.#request.split.has(opener)) return true;
    for (let at = opener; at < closer; at++) {
      const { text, gap } = this.#word(at);
      if (gap.comments || /^f?'''/.test(text)) return true;
      if (text === ',' && this.#closing.has(at + 1) && !this.#dropped.has(at)) return true;
    }
    return false;
  }

  /** An argument with its comma. */
  #row(
    { key, value }: Row,
    place: Place,
    { comma, gap }: { readonly comma: boolean; readonly gap: Gap },
  ): void {
    const none: Gap = { kind: 'none', indent: place.indent };
    const space: Gap = { kind: 'space', indent: place.indent };
    this.#held = noGap;
    if (key === undefined) this.#expression(value, place, { kind: 'held' });
    else {
      const behind = this.#request.style.wideColon ? space : none;
      if (key.kind === 'word') this.#take(behind);
      else this.#expression(key, place, behind);
      this.#held = noGap;
      this.#operand(value, place, { kind: 'held' });
    }
    const behind = this.#held;
    const next = this.#word(this.#at);
    if (next.text !== ',') {
      if (comma) this.#page.write(',');
      this.#page.gap(gap, behind);
    } else if (comma || behind.comments) {
      this.#page.gap(none, behind);
      this.#take(gap);
    } else {
      this.#at++;
      this.#page.gap(gap, next.gap);
    }
  }

  #isTooLong(more: number): boolean {
    const { maxLineLength } = this.#request.style;
    return maxLineLength > 0 && this.#page.column + more > maxLineLength;
  }

  /** The line is split at its outermost brackets first, in later rounds further inside. */
  #splitAround(opener: number): void {
    this.#tooLong.add(this.#open[this.#request.round] ?? opener);
  }
}
