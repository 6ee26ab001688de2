import { posix } from 'node:path';
import { unreachable } from '../base/assert.ts';
import type { Span } from '../diag/source.ts';
import type {
  Arguments,
  Block,
  CallExpression,
  Expression,
  MethodCallExpression,
  Statement,
} from '../lang/tree.ts';
import type { BuildFile, ProjectFiles } from './project-files.ts';
import { knownText, type LookUp, type TextPattern, textsOf } from './static-text.ts';

/** A stretch of a build file. */
export interface Site {
  readonly file: BuildFile;
  readonly span: Span;
}

/** A name gets a value. */
export interface Write extends Site {
  readonly kind: 'write';
  readonly name: string;
  readonly how: 'assign' | 'plus' | 'foreach' | 'set';
  /** What it gets; of `foreach` what is gone through. */
  readonly value: Expression;
  /** Of `foreach`: which of the names it is, from 0. */
  readonly at: number;
  /** The statements it stands among. */
  readonly block: Block;
}

/** A name's value is asked for. */
export interface Read extends Site {
  readonly kind: 'read';
  readonly name: string;
  /** By itself, as `@name@` of a format string, or as a text: `get_variable('name')`. */
  readonly how: 'name' | 'format' | 'text';
}

/** A function or method is called. */
export interface CallUse extends Site {
  readonly kind: 'call';
  readonly node: CallExpression | MethodCallExpression;
}

/** What may end a block early: `break`, `continue`, `subdir_done()`, `error()`. */
export interface Exit extends Site {
  readonly kind: 'exit';
}

/** A loop's end: what comes after it is seen by no turn of it. */
export interface LoopEnd extends Site {
  readonly kind: 'loop-end';
  readonly loop: Extract<Statement, { readonly kind: 'foreach' }>;
}

/** What a build file does at one place. */
export type Event = Write | Read | CallUse | Exit | LoopEnd;

/** What a project's build files do, in the order in which they are read. */
export interface Scan {
  readonly events: readonly Event[];
  /** The build files, in the order in which they are entered. */
  readonly files: readonly BuildFile[];
  /** Every block of statements, with the file it stands in. */
  readonly blocks: readonly { readonly block: Block; readonly file: BuildFile }[];
  /** Folders that `subdir()` names and that have no build file. */
  readonly missing: readonly (Site & { readonly folder: string })[];
  /** Some folder's name could not be told: any build file may be entered, anything read. */
  readonly unsure: boolean;
  /** Names asked for by texts that are not known in full. */
  readonly loose: readonly TextPattern[];
}

/** Goes through a project from its first build file, then through a folder that it may not enter by itself. */
export function scanProject(project: ProjectFiles, also?: string): Scan {
  const scanner = new Scanner(project);
  scanner.enter('');
  if (also !== undefined) scanner.enterBeside(also);
  if (scanner.unsure) scanner.enterTheRest('');
  return scanner;
}

/** Folders that hold others' build files, if any. */
const foreign: ReadonlySet<string> = new Set(['subprojects', 'node_modules']);

/** A project has fewer folders; what has more is a whole disk, as when a build file lies at its root. */
const mostFolders = 8_000;

class Scanner implements Scan {
  readonly events: Event[] = [];
  readonly files: BuildFile[] = [];
  readonly blocks: { readonly block: Block; readonly file: BuildFile }[] = [];
  readonly missing: (Site & { readonly folder: string })[] = [];
  readonly loose: TextPattern[] = [];
  unsure = false;
  readonly #project: ProjectFiles;
  readonly #entered = new Set<string>();
  readonly #seen = new Set<string>();
  /** What variables hold, as far as it was seen. */
  readonly #values = new Map<string, Expression[]>();
  readonly #lookUp: LookUp = (name) => this.#values.get(name);
  #block: Block = [];
  /** In how many `if` and `foreach` we are. */
  #depth = 0;

  constructor(project: ProjectFiles) {
    this.#project = project;
  }

  /** Whether there is a build file, read now or before. */
  enter(folder: string): boolean {
    if (this.#entered.has(folder)) return true;
    const file = this.#project.buildFile(folder);
    if (file === undefined) return false;
    this.#entered.add(folder);
    this.files.push(file);
    this.#statements(file, file.tree.statements);
    return true;
  }

  /** A folder that nothing seems to enter: much is not known of what it uses then. */
  enterBeside(folder: string): void {
    if (this.#entered.has(folder)) return;
    this.unsure = true;
    this.enter(folder);
  }

  /** Build files that no known `subdir()` enters, but those of subprojects. */
  enterTheRest(folder: string): void {
    const { disk, root } = this.#project;
    const listed = disk.list(posix.join(root, folder));
    if (folder === '') this.#isSeen(root);
    for (const name of listed.ok ? listed.value : []) {
      const below = posix.join(folder, name);
      const path = posix.join(root, below);
      if (name.startsWith('.') || foreign.has(name) || !disk.isDirectory(path)) continue;
      if (this.#isSeen(path)) continue;
      if (disk.isDirectory(posix.join(path, 'meson-private'))) continue;
      const first = this.#project.buildFile(below)?.tree.statements[0];
      const call = first?.kind === 'expression' ? first.expression : undefined;
      if (call?.kind === 'call' && call.name === 'project') continue;
      this.enter(below);
      this.enterTheRest(below);
    }
  }

  /** Whether a folder was gone through, by another name too: links may go round. Far too many count as seen. */
  #isSeen(path: string): boolean {
    const real = this.#project.disk.realPath(path);
    const known = !real.ok || this.#seen.has(real.value) || this.#seen.size > mostFolders;
    if (real.ok) this.#seen.add(real.value);
    return known;
  }

  #statements(file: BuildFile, block: Block): void {
    const outer = this.#block;
    this.#block = block;
    this.blocks.push({ block, file });
    for (const statement of block) this.#statement(file, statement);
    this.#block = outer;
  }

  /** A block that may be run or not, or several times. */
  #inner(file: BuildFile, block: Block): void {
    this.#depth++;
    this.#statements(file, block);
    this.#depth--;
  }

  #statement(file: BuildFile, statement: Statement): void {
    switch (statement.kind) {
      case 'expression':
        this.#expression(file, statement.expression);
        break;
      case 'assignment':
        this.#expression(file, statement);
        break;
      case 'if':
        for (const { condition, body } of statement.branches) {
          this.#expression(file, condition);
          this.#inner(file, body);
        }
        this.#inner(file, statement.otherwise ?? []);
        break;
      case 'foreach':
        this.#foreach(file, statement);
        break;
      case 'testcase':
        this.#expression(file, statement.condition);
        this.#inner(file, statement.body);
        break;
      case 'break':
      case 'continue':
        this.events.push({ kind: 'exit', file, span: statement.span });
        break;
      default:
        unreachable(statement);
    }
  }

  #foreach(file: BuildFile, statement: Extract<Statement, { readonly kind: 'foreach' }>): void {
    const { items: value, names, body, span } = statement;
    this.#expression(file, value);
    names.forEach(({ name, span: own }, at) => {
      this.#write({ kind: 'write', how: 'foreach', name, file, span: own, value, at, block: body });
    });
    this.#inner(file, body);
    this.events.push({ kind: 'loop-end', file, span, loop: statement });
  }

  #write(write: Write): void {
    this.events.push(write);
    const known = write.how === 'foreach' && write.at > 0 ? undefined : write.value;
    // Where it is sure to be given, what was before is gone.
    const isSure = write.how === 'foreach' || (write.how === 'assign' && this.#depth === 0);
    const before = isSure ? [] : (this.#values.get(write.name) ?? []);
    // A dictionary's values are not told from one another.
    this.#values.set(write.name, [
      ...before,
      known ?? { kind: 'missing', span: write.span, next: 0 },
    ]);
  }

  #expression(file: BuildFile, node: Expression): void {
    // Chains are as deep on their left as they are long.
    const chain: Expression[] = [];
    for (let at: Expression | undefined = node; at !== undefined; at = leftOf(at)) chain.push(at);
    for (const link of chain.reverse()) this.#link(file, link);
  }

  /** A node whose left side was gone through. */
  #link(file: BuildFile, node: Expression): void {
    const { span } = node;
    switch (node.kind) {
      case 'string':
        if (node.format) this.#formatReads(file, span);
        break;
      case 'identifier':
        this.events.push({ kind: 'read', how: 'name', name: node.name, file, span });
        break;
      case 'array':
        if (node.args !== undefined) this.#arguments(file, node.args);
        else for (const item of node.items) this.#expression(file, item);
        break;
      case 'dictionary':
        for (const { key, value } of node.entries) {
          this.#expression(file, key);
          this.#expression(file, value);
        }
        break;
      case 'not':
      case 'negate':
        this.#expression(file, node.operand);
        break;
      case 'binary':
        this.#expression(file, node.right);
        break;
      case 'ternary':
        for (const each of [node.condition, node.then, node.otherwise]) {
          this.#expression(file, each);
        }
        break;
      case 'index':
        this.#expression(file, node.index);
        break;
      case 'parentheses':
        this.#expression(file, node.inner);
        break;
      case 'assignment':
        this.#assignment(file, node);
        break;
      case 'call':
      case 'method-call':
        this.#arguments(file, node.args);
        this.events.push({ kind: 'call', node, file, span });
        if (node.kind === 'call') this.#call(file, node);
    }
  }

  #assignment(file: BuildFile, node: Extract<Expression, { readonly kind: 'assignment' }>): void {
    const { name, nameSpan: span, value } = node;
    if (node.operator === '+=') this.events.push({ kind: 'read', how: 'name', name, file, span });
    this.#expression(file, value);
    const how = node.operator === '=' ? 'assign' : 'plus';
    this.#write({ kind: 'write', how, name, file, span, value, at: 0, block: this.#block });
  }

  #arguments(file: BuildFile, { positional, keywords }: Arguments): void {
    for (const each of positional) this.#expression(file, each);
    for (const { value } of keywords) this.#expression(file, value);
  }

  #formatReads(file: BuildFile, span: Span): void {
    const text = file.source.text.slice(span.start, span.end);
    for (const found of text.matchAll(/@([_a-zA-Z]\w*)@/g)) {
      const start = span.start + found.index + 1;
      const name = found[1] ?? '';
      const own = { start, end: start + name.length };
      this.events.push({ kind: 'read', how: 'format', name, file, span: own });
    }
  }

  /** Functions that read or write variables, and files. */
  #call(file: BuildFile, node: CallExpression): void {
    const [first, value] = node.args.positional;
    switch (node.name) {
      case 'subdir':
        if (first !== undefined) {
          const isChecked = node.args.keywords.some(({ name }) => name === 'if_found');
          // What stands in an `if` may be a folder that only some have, as a checkout of test data.
          const isOptional = isChecked || this.#depth > 0;
          const missing = this.#subdir(file, first);
          if (!isOptional) this.missing.push(...missing);
        }
        break;
      case 'subdir_done':
      case 'error':
        this.events.push({ kind: 'exit', file, span: node.span });
        break;
      case 'set_variable':
        if (first === undefined || value === undefined) break;
        for (const { name, span } of this.#named(first)) {
          const how = 'set';
          this.#write({ kind: 'write', how, name, file, span, value, at: 0, block: this.#block });
        }
        break;
      case 'get_variable':
      case 'is_variable':
      case 'unset_variable':
        if (first === undefined) break;
        for (const { name, span } of this.#named(first)) {
          this.events.push({ kind: 'read', how: 'text', name, file, span });
        }
    }
  }

  /** The variables that a text names; of a literal, the stretch between its quotes. */
  #named(node: Expression): readonly { readonly name: string; readonly span: Span }[] {
    const { start, end } = node.span;
    const isLiteral = node.kind === 'string' && !node.format && !node.multiline;
    const span = isLiteral ? { start: start + 1, end: end - 1 } : node.span;
    return textsOf(node, this.#lookUp).flatMap((pattern) => {
      const name = knownText(pattern);
      if (name === undefined) this.loose.push(pattern);
      return name === undefined ? [] : [{ name, span }];
    });
  }

  /** Goes on in the folders that a text may name; tells those that have no build file. */
  #subdir(file: BuildFile, first: Expression): Scan['missing'] {
    const missing: Scan['missing'][number][] = [];
    for (const pattern of textsOf(first, this.#lookUp)) {
      const folder = knownText(pattern);
      if (folder === undefined) {
        this.unsure = true;
        continue;
      }
      const path = posix.join(file.folder, folder).replace(/\/$/, '');
      const span = first.span;
      if (!this.enter(path)) missing.push({ file, span, folder: path });
    }
    return missing;
  }
}

/** What a node is built upon, where that is another expression. */
function leftOf(node: Expression): Expression | undefined {
  switch (node.kind) {
    case 'binary':
      return node.left;
    case 'index':
    case 'method-call':
      return node.object;
    default:
      return undefined;
  }
}
