import { posix } from 'node:path';
import type { Arguments, Block, CallExpression, Expression, Statement } from '../lang/tree.ts';
import type { BuildFile, ProjectFiles } from '../lint/project-files.ts';
import { blocksOf } from '../lint/visit.ts';
import { type Container, partsOf, type Traced, unknown } from './traced.ts';

/** A program or library that a build file declares. */
export interface TracedTarget {
  readonly name: string;
  readonly file: BuildFile;
  readonly node: CallExpression;
  /** The statement that is nothing else than the target, or gives it to a variable. */
  readonly statement: Statement | undefined;
  readonly sources: Traced;
  readonly extraFiles: Traced | undefined;
}

export interface TracedDependency {
  readonly name: string;
  readonly file: BuildFile;
  readonly node: CallExpression;
}

/** What is known of a project: its targets with where their files are written. */
export interface TracedProject {
  readonly targets: readonly TracedTarget[];
  readonly dependencies: readonly TracedDependency[];
  /** The call of `project()`. */
  readonly project: { readonly file: BuildFile; readonly node: CallExpression } | undefined;
  /** Calls that a variable holds, or held. */
  readonly heldBy: ReadonlyMap<string, readonly CallExpression[]>;
}

const targetFunctions = [
  ...['executable', 'library', 'static_library', 'shared_library', 'shared_module'],
  ...['both_libraries', 'jar', 'build_target'],
];

/** Follows the values of a project's build files. Each file is read once. */
export function traceProject(files: ProjectFiles): TracedProject {
  const tracer = new Tracer(files);
  tracer.enter('');
  return tracer;
}

class Tracer implements TracedProject {
  readonly targets: TracedTarget[] = [];
  readonly dependencies: TracedDependency[] = [];
  readonly heldBy = new Map<string, CallExpression[]>();
  project: TracedProject['project'];
  readonly #files: ProjectFiles;
  readonly #entered = new Set<string>();
  readonly #variables = new Map<string, Traced>();
  #statement: Statement | undefined;

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  enter(folder: string): void {
    const file = this.#files.buildFile(folder);
    if (file === undefined || this.#entered.has(folder)) return;
    this.#entered.add(folder);
    this.#block(file, file.tree.statements);
  }

  #block(file: BuildFile, block: Block): void {
    for (const statement of block) {
      this.#statement = statement;
      this.#run(file, statement);
    }
  }

  #run(file: BuildFile, statement: Statement): void {
    switch (statement.kind) {
      case 'expression':
        this.#value(file, statement.expression);
        break;
      case 'assignment':
        this.#assign(file, statement);
        break;
      case 'if':
      case 'foreach':
      case 'testcase':
        this.#maybe(file, statement);
    }
  }

  /** What may be run or not, or several times: after it nothing is known of what it sets. */
  #maybe(file: BuildFile, statement: Statement): void {
    const names = new Set(namesSet(statement));
    const before = new Map([...names].map((name) => [name, this.#variables.get(name)]));
    const origins = new Map<string, ReadonlySet<Container>>();
    const note = (name: string, value: Traced | undefined): void => {
      const parts = value === undefined ? [] : partsOf(value, '');
      const known = origins.get(name) ?? [];
      origins.set(name, new Set([...known, ...parts.map(({ container }) => container)]));
    };
    for (const [name, value] of before) note(name, value);
    if (statement.kind === 'if') {
      for (const { condition } of statement.branches) this.#value(file, condition);
    }
    if (statement.kind === 'foreach') {
      const items = partsOf(this.#value(file, statement.items), '');
      const containers = items.map(({ container }) => container);
      const value: Traced = { kind: 'unknown', origins: new Set(containers) };
      for (const { name } of statement.names) this.#variables.set(name, value);
    }
    for (const body of blocksOf(statement)) {
      this.#block(file, body);
      for (const [name, value] of before) {
        note(name, this.#variables.get(name));
        const isLoop = statement.kind === 'foreach';
        if (value !== undefined && !isLoop) this.#variables.set(name, value);
      }
    }
    for (const name of names) {
      this.#variables.set(name, { kind: 'unknown', origins: origins.get(name) ?? new Set() });
    }
  }

  #assign(file: BuildFile, node: Extract<Expression, { readonly kind: 'assignment' }>): void {
    const { name, operator } = node;
    const value = this.#value(file, node.value);
    if (value.kind === 'call')
      this.heldBy.set(name, [...(this.heldBy.get(name) ?? []), value.node]);
    const before = this.#variables.get(name) ?? unknown;
    this.#variables.set(name, operator === '=' ? value : sum(before, value));
  }

  #value(file: BuildFile, node: Expression): Traced {
    switch (node.kind) {
      case 'string':
        return node.format ? unknown : { kind: 'text', value: node.value, node };
      case 'identifier':
        return this.#variables.get(node.name) ?? unknown;
      case 'parentheses':
        return this.#value(file, node.inner);
      case 'array': {
        const items = node.items.map((item) => this.#value(file, item));
        return { kind: 'list', items, container: { file, node, consumers: new Set() } };
      }
      case 'binary': {
        const left = this.#value(file, node.left);
        const right = this.#value(file, node.right);
        return node.operator === '+' ? sum(left, right) : mixed([left, right]);
      }
      case 'assignment':
        this.#assign(file, node);
        return unknown;
      case 'ternary':
        return mixed(
          [node.condition, node.then, node.otherwise].map((each) => this.#value(file, each)),
        );
      case 'dictionary':
        return mixed(node.entries.map(({ value }) => this.#value(file, value)));
      case 'index':
        return mixed([this.#value(file, node.object), this.#value(file, node.index)]);
      case 'not':
      case 'negate':
        return mixed([this.#value(file, node.operand)]);
      case 'method-call': {
        const object = this.#value(file, node.object);
        const given = this.#arguments(file, node.args);
        for (const value of given.all) consume(value, node);
        return mixed([object]);
      }
      case 'call':
        return this.#call(file, node);
      default:
        return unknown;
    }
  }

  #arguments(file: BuildFile, { positional, keywords }: Arguments) {
    const values = positional.map((each) => this.#value(file, each));
    const named = new Map(keywords.map(({ name, value }) => [name, this.#value(file, value)]));
    return { values, named, all: [...values, ...named.values()] };
  }

  #call(file: BuildFile, node: CallExpression): Traced {
    const { values, named, all } = this.#arguments(file, node.args);
    const [first, second] = values;
    const name = first?.kind === 'text' ? first.value : undefined;
    switch (node.name) {
      case 'files':
        return { kind: 'files', items: values, container: { file, node, consumers: new Set() } };
      case 'get_variable':
        return (name === undefined ? undefined : this.#variables.get(name)) ?? second ?? unknown;
      case 'set_variable':
        if (name !== undefined && second !== undefined) this.#variables.set(name, second);
        return unknown;
      case 'unset_variable':
        if (name !== undefined) this.#variables.delete(name);
        return unknown;
      case 'subdir': {
        const statement = this.#statement;
        if (name !== undefined) this.enter(posix.join(file.folder, name));
        this.#statement = statement;
        return unknown;
      }
      case 'project':
        this.project ??= { file, node };
        break;
      case 'dependency':
        if (name !== undefined) this.dependencies.push({ name, file, node });
        break;
    }
    for (const value of all) consume(value, node);
    if (targetFunctions.includes(node.name) && name !== undefined) {
      this.#target({ file, node, name, values, named });
    }
    return { kind: 'call', node };
  }

  #target(made: {
    readonly file: BuildFile;
    readonly node: CallExpression;
    readonly name: string;
    readonly values: readonly Traced[];
    readonly named: ReadonlyMap<string, Traced>;
  }): void {
    const { file, node, name, values, named } = made;
    const statement = this.#statement;
    const whole =
      statement?.kind === 'expression'
        ? statement.expression
        : statement?.kind === 'assignment'
          ? statement.value
          : undefined;
    const own: Container = { file, node, consumers: new Set([node]) };
    const direct: Traced = { kind: 'list', items: values.slice(1), container: own };
    const more = named.get('sources');
    this.targets.push({
      name,
      file,
      node,
      statement: whole === node ? statement : undefined,
      sources: more === undefined ? direct : { kind: 'list', items: [direct, more] },
      extraFiles: named.get('extra_files'),
    });
  }
}

/** `a + b`: what is known of lists stays known. */
function sum(left: Traced, right: Traced): Traced {
  if (left.kind === 'text' && right.kind === 'text') {
    return { kind: 'text', value: left.value + right.value };
  }
  const isList = ({ kind }: Traced): boolean => kind === 'list' || kind === 'files';
  return isList(left) ? { kind: 'list', items: [left, right] } : mixed([left, right]);
}

/** Something made of values in a way that is not followed. */
function mixed(values: readonly Traced[]): Traced {
  return {
    kind: 'unknown',
    origins: new Set(
      values.flatMap((value) => partsOf(value, '').map(({ container }) => container)),
    ),
  };
}

function consume(value: Traced, node: Expression): void {
  for (const { container } of partsOf(value, '')) container.consumers.add(node);
}

/** Variables that a statement may set. */
function namesSet(statement: Statement): readonly string[] {
  const own =
    statement.kind === 'assignment'
      ? [statement.name]
      : statement.kind === 'foreach'
        ? statement.names.map(({ name }) => name)
        : [];
  return [...own, ...blocksOf(statement).flatMap((block) => block.flatMap(namesSet))];
}
