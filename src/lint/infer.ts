import type { Builtin, Method } from '../eval/declare.ts';
import { functions } from '../eval/functions/table.ts';
import { modules } from '../eval/modules/table.ts';
import type { CallExpression, Expression, MethodCallExpression } from '../lang/tree.ts';
import type { Write } from './scan.ts';
import {
  bool,
  dictOf,
  int,
  listOf,
  methodTables,
  moduleType,
  str,
  type Type,
  type Types,
  typesOfWords,
  union,
} from './types.ts';

/** A function or a method, as it is declared. */
export type Declared = Builtin | Method;

const functionsByName = new Map(functions.map((declared) => [declared.name, declared]));
const modulesByName = new Map(modules.map((module) => [module.name, module]));

/** Variables that are always there. */
export const builtinVariables: ReadonlyMap<string, Types> = new Map<string, Types>([
  ['meson', [{ name: 'MesonMain' }]],
  ['build_machine', [{ name: 'MachineInfo' }]],
  ['host_machine', [{ name: 'MachineInfo' }]],
  ['target_machine', [{ name: 'MachineInfo' }]],
]);

/** The function of a name, if there is one. */
export function functionNamed(name: string): Builtin | undefined {
  return functionsByName.get(name);
}

/** A module's name without what `import` takes it by beside: `unstable-x`, `qt5`. */
export function moduleNamed(name: string) {
  return modulesByName.get(name) ?? modulesByName.get(name.replace(/^unstable[-_]/, ''));
}

/** How far values are followed into one another, and how often: more is not worth knowing. */
const deepest = 300;
const mostWork = 100_000;

/** What the types of a project's values are, as far as its build files tell. */
export class Inference {
  readonly #writes: ReadonlyMap<string, readonly Write[]>;
  readonly #optionTypes: (name: string) => Types;
  readonly #known = new Map<string, Types>();
  /** Variables in work, with how deep they stand in one another. */
  readonly #busy = new Map<string, number>();
  readonly #partial = new Map<string, Types>();
  /** The outermost variable in work that an answer had to do without. */
  #lowest = Number.POSITIVE_INFINITY;
  #depth = 0;
  #work = 0;

  constructor(writes: ReadonlyMap<string, readonly Write[]>, optionTypes: (name: string) => Types) {
    this.#writes = writes;
    this.#optionTypes = optionTypes;
  }

  /** Of a variable, wherever it is written. */
  variable(name: string): Types {
    const builtin = builtinVariables.get(name);
    if (builtin !== undefined) return builtin;
    if (this.#known.has(name)) return this.#known.get(name);
    const writes = this.#writes.get(name);
    if (writes === undefined) return undefined;
    const depth = this.#busy.size;
    const own = this.#busy.get(name);
    if (own !== undefined) {
      // What it is made of by others, as far as that is known yet.
      this.#lowest = Math.min(this.#lowest, own);
      return this.#partial.get(name) ?? [];
    }
    if (depth > deepest || ++this.#work > mostWork) return undefined;
    this.#busy.set(name, depth);
    const outer = this.#lowest;
    this.#lowest = Number.POSITIVE_INFINITY;
    const types = this.#settled(name, writes);
    this.#busy.delete(name);
    this.#partial.delete(name);
    const answer = types?.length === 0 ? undefined : types;
    const isWhole = this.#lowest >= depth;
    if (isWhole) this.#known.set(name, answer);
    this.#lowest = isWhole ? outer : Math.min(outer, this.#lowest);
    return answer;
  }

  /** A value that is made of the variable's own (`x = x[0]`) may be of a type that only shows once the others are known. */
  #settled(name: string, writes: readonly Write[]): Types {
    let types: Types = [];
    for (let round = 0; round < 4; round++) {
      const before = types;
      types = writes.map((write) => this.#written(write)).reduce(union, []);
      if (types === undefined || union(before, types)?.length === before?.length) return types;
      this.#partial.set(name, types);
    }
    return undefined;
  }

  #written({ how, value, at }: Write): Types {
    const types = this.of(value);
    if (how === 'plus') return types?.some(({ name }) => name !== 'list') ? undefined : types;
    if (how !== 'foreach' || types === undefined) return types;
    return types.map((each) => itemOf(each, at)).reduce(union, []);
  }

  of(node: Expression): Types {
    if (this.#depth > deepest) return undefined;
    this.#depth++;
    try {
      return this.#of(node);
    } finally {
      this.#depth--;
    }
  }

  #of(node: Expression): Types {
    switch (node.kind) {
      case 'string':
        return str;
      case 'number':
      case 'negate':
        return int;
      case 'boolean':
      case 'not':
        return bool;
      case 'identifier':
        return this.variable(node.name);
      case 'array':
        return listOf(node.items.map((item) => this.of(item)).reduce(union, []));
      case 'dictionary':
        return dictOf(node.entries.map(({ value }) => this.of(value)).reduce(union, []));
      case 'parentheses':
        return this.of(node.inner);
      case 'ternary':
        return union(this.of(node.then), this.of(node.otherwise));
      case 'binary':
        return this.#binary(node);
      case 'index':
        return this.#index(node);
      case 'call':
        return this.#call(node);
      case 'method-call':
        return this.#methodCall(node);
      default:
        return undefined;
    }
  }

  #binary(node: Extract<Expression, { readonly kind: 'binary' }>): Types {
    if (!['+', '-', '*', '/', '%'].includes(node.operator)) return bool;
    // The left side decides what an operator means.
    let { left } = node;
    let isOnlySum = node.operator === '+';
    while (left.kind === 'binary') {
      if (left.operator !== '+') isOnlySum = false;
      left = left.left;
    }
    const types = this.of(left);
    if (!isOnlySum || types === undefined) return types?.every(isScalar) ? types : undefined;
    // What a list holds may be more than its first part.
    return types.map((each) => (isScalar(each) ? each : { name: each.name }));
  }

  #index({ object }: Extract<Expression, { readonly kind: 'index' }>): Types {
    const types = this.of(object);
    return types?.map((each) => (each.name === 'str' ? str : each.items)).reduce(union, []);
  }

  #call(node: CallExpression): Types {
    const [first] = node.args.positional;
    switch (node.name) {
      case 'get_option':
        return first?.kind === 'string' ? this.#optionTypes(first.value) : undefined;
      case 'import':
        if (first?.kind !== 'string') return undefined;
        return moduleNamed(first.value) === undefined ? undefined : moduleType(first.value);
      case 'get_variable':
        return undefined;
      default: {
        const declared = functionsByName.get(node.name);
        return declared === undefined ? undefined : typesOfWords(declared.returns);
      }
    }
  }

  #methodCall(node: MethodCallExpression): Types {
    const found = this.methods(node);
    if (found === undefined || found.length === 0) return undefined;
    return found.map(({ declared }) => typesOfWords(declared.returns)).reduce(union, []);
  }

  /** What a method call may call; undefined where that cannot be told. */
  methods(node: MethodCallExpression): readonly FoundMethod[] | undefined {
    const types = this.of(node.object);
    return types?.flatMap((each) => {
      const declared = methodsOf(each).find(({ name }) => name === node.name);
      return declared === undefined ? [] : [{ owner: each, declared }];
    });
  }

  /** What a call is declared as, where there is one answer. */
  declared(node: CallExpression | MethodCallExpression): Declared | undefined {
    if (node.kind === 'call') return functionsByName.get(node.name);
    return this.methods(node)?.[0]?.declared;
  }

  /** The same, but nothing where the object may be of several types: which one's method is called is not known. */
  declaredForCertain(node: CallExpression | MethodCallExpression): Declared | undefined {
    if (node.kind === 'call') return functionsByName.get(node.name);
    const found = this.methods(node);
    return found?.length === 1 ? found[0]?.declared : undefined;
  }
}

/** A method, and the type of value that has it. */
export interface FoundMethod {
  readonly owner: Type;
  readonly declared: Declared;
}

/** All that can be called on a value of a type. */
export function methodsOf(each: Type): readonly Declared[] {
  if (each.name === 'module') return moduleNamed(each.module ?? '')?.functions ?? [];
  return methodTables(each).flatMap(({ methods }) => methods);
}

function isScalar({ name }: Type): boolean {
  return name === 'str' || name === 'int' || name === 'bool';
}

/** What a loop gives its first or second name. */
function itemOf(each: Type, at: number): Types {
  if (each.name === 'RangeHolder') return int;
  if (each.name === 'dict') return at === 0 ? str : each.items;
  return each.name === 'list' ? each.items : undefined;
}
