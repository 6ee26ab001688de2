/**
 * What an expression of a build file is worth. Nothing (`undefined`) is what functions without a
 * result give. Lists, dictionaries and strings never change; objects that can (`configuration_data`,
 * `environment`, source sets) say so by `clone`, and an assignment copies them.
 */
export type Value =
  | undefined
  | string
  | Integer
  | boolean
  | List
  | Dictionary
  | ObjectValue
  | Pending;

/** A whole number of any size: `bigint` only where a `number` would be rounded (`interpreter/integers.ts`). */
export type Integer = number | bigint;

/** Never changes: `+=` makes another one. */
export interface List extends ReadonlyArray<Value> {}

/** In order of insertion. */
export interface Dictionary extends ReadonlyMap<string, Value> {}

/** Any value with methods: a compiler, a target, a module. */
export interface ObjectValue {
  readonly type: ObjectType;
  /** A copy that can change apart from this one; only objects that can change have it. */
  clone?(): ObjectValue;
}

/** What tells objects apart: compared by identity. The methods stand in `methods/table.ts`. */
export interface ObjectType<Shape extends ObjectValue = ObjectValue> {
  /** Meson's name for it in messages (`dep`, `compiler`, `build_tgt`) and the manual's section. */
  readonly name: string;
  /** Types it counts as as well: an executable is a `build_tgt`. */
  readonly extends: readonly ObjectType[];
  /** Never there: carries the shape for the type checker. */
  readonly shape?: Shape;
}

/** A type of object, with the types it counts as as well. */
export function objectType<Shape extends ObjectValue>(
  name: string,
  ...bases: readonly ObjectType[]
): ObjectType<Shape> {
  return { name, extends: bases };
}

/**
 * A value that is not there yet: a compiler check was started, and nobody has needed the answer.
 * It may be stored anywhere; it is forced where something looks at it.
 */
export class Pending {
  #state:
    | { readonly kind: 'waiting'; readonly finish: () => Value }
    | { readonly kind: 'known'; readonly value: Value };

  /** Whether the answer is a list: where arguments are flattened, it has to be there. */
  readonly isList: boolean;
  /** Of a yes or no that nobody is told of: whether it is known now that nobody needs it. */
  readonly withdraw: (() => boolean) | undefined;

  constructor(finish: () => Value, { isList = false, withdraw }: PendingSettings = {}) {
    this.#state = { kind: 'waiting', finish };
    this.isList = isList;
    this.withdraw = withdraw;
  }

  /** Whether somebody waited for the answer already. */
  get isKnown(): boolean {
    return this.#state.kind === 'known';
  }

  /** Waits for the answer; the same each time. */
  force(): Value {
    if (this.#state.kind === 'waiting')
      this.#state = { kind: 'known', value: force(this.#state.finish()) };
    return this.#state.value;
  }
}

interface PendingSettings {
  readonly isList?: boolean;
  readonly withdraw?: (() => boolean) | undefined;
}

/** A value that can be looked at. */
export type Known = Exclude<Value, Pending>;

/** The value itself, waited for where it is not there yet. */
export function force(value: Value): Known {
  let known = value;
  while (known instanceof Pending) known = known.force();
  return known;
}

/** Whether a value is a whole number, however large. */
export function isInteger(value: Value): value is Integer {
  return typeof value === 'number' || typeof value === 'bigint';
}

export function isList(value: Value): value is List {
  return Array.isArray(value);
}

/** Whether a value is a dictionary, also one whose values have a type of their own. */
export function isDictionary(value: Value): value is Dictionary {
  return value instanceof Map;
}

/** Whether a value is one with methods of its own: no text, number, list or dictionary. */
export function isObject(value: Value): value is ObjectValue {
  return (
    typeof value === 'object' &&
    !isList(value) &&
    !isDictionary(value) &&
    !(value instanceof Pending)
  );
}

/** Whether a value is an object of a type, or of one that extends it. */
export function isA<Shape extends ObjectValue>(
  value: Value,
  type: ObjectType<Shape>,
): value is Shape {
  return isObject(value) && counts(value.type, type);
}

function counts(type: ObjectType, wanted: ObjectType): boolean {
  return type === wanted || type.extends.some((base) => counts(base, wanted));
}
