import { posix } from 'node:path';
import { unreachable } from '../../base/assert.ts';
import { didYouMean } from '../../base/close-match.ts';
import { type Diagnostic, errorAt } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import { type ParseOptions, parse } from '../../lang/parse.ts';
import type { Arguments, Block, CallExpression, Expression, Statement } from '../../lang/tree.ts';
import { callMethod, element, flat, operate, type StaticValue, unknown } from './static-value.ts';

/** A call of a function, with as much of its arguments as can be told. */
export interface StaticCall {
  readonly name: string;
  readonly node: CallExpression;
  /** The folder of its build file, relative to the project. */
  readonly subdir: string;
  /** Lists in lists are one. */
  readonly positional: readonly StaticValue[];
  readonly keywords: ReadonlyMap<string, StaticValue>;
  /** It stands in an `if` or `foreach`. */
  readonly conditional: boolean;
}

/** What went by while the build files of a project were looked through. */
export interface StaticProject {
  readonly calls: readonly StaticCall[];
  /** Relative to the project. */
  readonly buildFiles: readonly string[];
  /** What no branch could do: text that is no build file, functions that there are none of. */
  readonly faults: readonly Diagnostic[];
}

/**
 * Looks through the build files of a project without running them: every branch of every `if` is
 * walked, and what depends on a machine, an option or a branch is unknown. `readText` is given paths
 * relative to the project; undefined from it means there is no such file.
 */
export function interpretStatically(
  readText: (path: string) => string | undefined,
  options: StaticOptions = {},
): StaticProject | undefined {
  const walk = new Walk(readText, options);
  walk.buildFile('');
  const { calls, buildFiles, faults } = walk;
  return buildFiles.length === 0 ? undefined : { calls, buildFiles, faults };
}

export interface StaticOptions extends ParseOptions {
  /** The names of all that there are; a call of another is a fault. Absent, none is. */
  readonly functions?: ReadonlySet<string>;
}

class Walk {
  readonly calls: StaticCall[] = [];
  readonly buildFiles: string[] = [];
  readonly faults: Diagnostic[] = [];
  readonly #readText: (path: string) => string | undefined;
  readonly #options: StaticOptions;
  #variables = new Variables();
  #source: Source = { path: '', text: '' };
  #subdir = '';
  #depth = 0;

  constructor(readText: (path: string) => string | undefined, options: StaticOptions) {
    this.#readText = readText;
    this.#options = options;
  }

  /** A folder without build file, or one that was walked, is passed over. */
  buildFile(subdir: string): void {
    const path = posix.join(subdir, 'meson.build');
    if (this.buildFiles.includes(path)) return;
    const text = this.#readText(path);
    if (text === undefined) return;
    this.buildFiles.push(path);
    const source = { path, text };
    const { tree, diagnostics } = parse(source, this.#options);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    this.faults.push(...errors);
    if (errors.length > 0) return;
    const before = { source: this.#source, subdir: this.#subdir };
    this.#source = source;
    this.#subdir = subdir;
    this.#block(tree.statements);
    this.#source = before.source;
    this.#subdir = before.subdir;
  }

  #block(block: Block): void {
    for (const statement of block) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case 'expression':
        this.#value(statement.expression);
        break;
      case 'assignment':
        this.#assign(statement);
        break;
      case 'if':
        this.#if(statement);
        break;
      case 'foreach':
        this.#value(statement.items);
        this.#forget(statement);
        this.#inside(statement.body);
        this.#forget(statement);
        break;
      case 'testcase':
      case 'break':
      case 'continue':
        break;
      default:
        unreachable(statement);
    }
  }

  #assign(node: Extract<Expression, { readonly kind: 'assignment' }>): void {
    const value = this.#value(node.value);
    const old = this.#variables.get(node.name) ?? unknown;
    this.#variables.set(node.name, node.operator === '=' ? value : operate('+', old, value));
  }

  /** Each branch sees what was before; what any of them sets is unknown behind it. */
  #if(statement: Extract<Statement, { readonly kind: 'if' }>): void {
    const before = this.#variables;
    const touched = new Set<string>();
    const branches = statement.branches.map(({ body }) => body);
    for (const { condition } of statement.branches) this.#value(condition);
    for (const body of [...branches, statement.otherwise ?? []]) {
      const inBranch = new Variables(before);
      this.#variables = inBranch;
      this.#inside(body);
      for (const [name, value] of inBranch.own) {
        if (before.get(name) !== value) touched.add(name);
      }
    }
    this.#variables = before;
    for (const name of touched) before.set(name, unknown);
  }

  #inside(body: Block): void {
    this.#depth++;
    this.#block(body);
    this.#depth--;
  }

  #forget(statement: Statement): void {
    for (const name of namesSet(statement)) this.#variables.set(name, unknown);
  }

  #value(node: Expression): StaticValue {
    switch (node.kind) {
      case 'string':
        // As Meson's own tools: an f-string is taken as it stands.
        return node.value;
      case 'boolean':
        return node.value;
      case 'number':
        return typeof node.value === 'number' ? node.value : unknown;
      case 'identifier':
        return this.#variables.get(node.name) ?? unknown;
      case 'array':
        return node.items.map((item) => this.#value(item));
      case 'dictionary': {
        const pairs = node.entries.map(
          ({ key, value }) => [this.#value(key), this.#value(value)] as const,
        );
        return new Map(
          pairs.flatMap(([key, value]) => (typeof key === 'string' ? [[key, value] as const] : [])),
        );
      }
      case 'not': {
        const value = this.#value(node.operand);
        return typeof value === 'boolean' ? !value : unknown;
      }
      case 'negate': {
        const value = this.#value(node.operand);
        return typeof value === 'number' ? -value : unknown;
      }
      case 'binary':
        return operate(node.operator, this.#value(node.left), this.#value(node.right));
      case 'ternary': {
        const condition = this.#value(node.condition);
        const [then, otherwise] = [this.#value(node.then), this.#value(node.otherwise)];
        return condition === true ? then : condition === false ? otherwise : unknown;
      }
      case 'index':
        return element(this.#value(node.object), this.#value(node.index));
      case 'parentheses':
        return this.#value(node.inner);
      case 'method-call': {
        const object = this.#value(node.object);
        return callMethod(object, node.name, this.#arguments(node.args).positional);
      }
      case 'call':
        return this.#call(node);
      case 'assignment':
        this.#assign(node);
        return unknown;
      case 'missing':
        return unknown;
      default:
        return unreachable(node);
    }
  }

  #arguments(args: Arguments): Pick<StaticCall, 'positional' | 'keywords'> {
    return {
      positional: args.positional.flatMap((item) => flat(this.#value(item))),
      keywords: new Map(args.keywords.map(({ name, value }) => [name, this.#value(value)])),
    };
  }

  #call(node: CallExpression): StaticValue {
    const { positional, keywords } = this.#arguments(node.args);
    const { name } = node;
    const subdir = this.#subdir;
    const { functions } = this.#options;
    if (functions?.has(name) === false)
      this.faults.push(unknownFunction(this.#source, node, functions));
    this.calls.push({ name, node, subdir, positional, keywords, conditional: this.#depth > 0 });
    const [first] = positional;
    switch (name) {
      case 'subdir':
        if (typeof first === 'string') this.buildFile(posix.join(subdir, first));
        return unknown;
      case 'files':
        return positional.map((path) =>
          typeof path === 'string' ? { kind: 'file', subdir, path } : unknown,
        );
      case 'set_variable': {
        const [, value] = node.args.positional;
        if (value === undefined) return unknown;
        if (typeof first === 'string') this.#variables.set(first, this.#value(value));
        return unknown;
      }
      case 'get_variable':
        return typeof first === 'string' ? (this.#variables.get(first) ?? unknown) : unknown;
      case 'unset_variable':
        if (typeof first === 'string') this.#variables.set(first, unknown);
        return unknown;
      default:
        return unknown;
    }
  }
}

function unknownFunction(
  source: Source,
  { name, span, nameSpan }: CallExpression,
  functions: ReadonlySet<string>,
): Diagnostic {
  const message = `Unknown function "${name}".${didYouMean(name, functions)}`;
  return { ...errorAt({ source, span }, message), focus: nameSpan };
}

/** Variables that a statement may set. */
function namesSet(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'assignment':
      return [statement.name];
    case 'foreach':
      return [...statement.names.map(({ name }) => name), ...statement.body.flatMap(namesSet)];
    case 'if':
      return [
        ...statement.branches.flatMap(({ body }) => body.flatMap(namesSet)),
        ...(statement.otherwise ?? []).flatMap(namesSet),
      ];
    default:
      return [];
  }
}

/** Variables and what they hold; those that a branch sets lie over those around it. */
class Variables {
  readonly own = new Map<string, StaticValue>();
  readonly #around: Variables | undefined;

  constructor(around?: Variables) {
    this.#around = around;
  }

  get(name: string): StaticValue | undefined {
    return this.own.get(name) ?? this.#around?.get(name);
  }

  set(name: string, value: StaticValue): void {
    this.own.set(name, value);
  }
}
