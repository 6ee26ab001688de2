import type { ArgumentType } from './argument-type.ts';
import type { Call } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import type { ObjectType, ObjectValue, Value } from './value.ts';

/** An argument that is known by its place. */
export interface Positional<T, Optional extends boolean = boolean> {
  readonly name: string;
  readonly type: ArgumentType<T>;
  readonly doc: string;
  readonly optional: Optional;
}

/** Arguments behind those that are declared one by one. */
export interface Rest<T> {
  readonly name: string;
  readonly type: ArgumentType<T>;
  readonly doc: string;
  /** How many there must be. */
  readonly min: number;
}

/** A keyword argument: how it is checked, what it is when it is not given, since when it may be. */
export interface Keyword<T> {
  readonly type: ArgumentType<T>;
  readonly doc: string;
  /** The value when the keyword is not given. */
  readonly default: T;
  readonly required: boolean;
  readonly since?: string;
  /** Said to who uses it too early. */
  readonly sinceNote?: string;
  /** The same for the manual only: Meson does not tell who uses it too early. */
  readonly quietSince?: string;
  readonly deprecated?: Deprecation;
  /** What is wrong with a value of the right type, in Meson's words ("must be …"), or undefined. */
  check?(value: T): string | undefined;
  /** Values or forms that came later or went: what was used, since when. */
  readonly sinceValues?: readonly ValueFeature<T>[];
  /** Texts that old build files give for "nothing": they count as the default, and are told. */
  readonly asDefault?: readonly { readonly text: string; readonly broken: Deprecation }[];
  /** Said after "should have been …" of a value of a wrong type that people often give. */
  wrongType?(value: Value, evaluation: Evaluation): string | undefined;
  /** Told when the keyword is not given. */
  readonly unsetWarning?: string;
}

/** A value or form of an argument that came later than the argument, or went before it. */
export interface ValueFeature<T> {
  /** As Meson names it: `value "c++23"`. */
  readonly feature: string;
  readonly since?: string;
  readonly deprecated?: Deprecation;
  /** Was never meant to work. */
  readonly broken?: Deprecation;
  /** `feature` is all of the name, not put behind function and keyword. */
  readonly whole?: true;
  used(value: T): boolean;
}

/** Since which version of Meson something is no longer to be used. */
export interface Deprecation {
  readonly since: string;
  /** What to write instead. */
  readonly instead?: string;
}

type Keywords = Readonly<Record<string, Keyword<unknown>>>;
type PositionalValues<P extends readonly Positional<unknown>[]> = {
  readonly [I in keyof P]: P[I] extends Positional<infer T, infer Optional>
    ? Optional extends true
      ? T | undefined
      : T
    : never;
};
/** What `run` gets of keywords that are declared so. */
export type KeywordValues<K extends Keywords> = {
  readonly [N in keyof K]: K[N] extends Keyword<infer T> ? T : never;
};

/** What `run` gets: arguments checked and converted. `given` tells which keywords were written. */
export interface BoundArguments<P, R, K> {
  readonly positional: P;
  readonly rest: readonly R[];
  readonly keywords: K;
  readonly given: ReadonlySet<string>;
}

/** Names in those messages in which Meson calls a function otherwise. */
export interface OtherLabels {
  readonly positional?: string;
  readonly feature?: string;
}

interface Declaration<P extends readonly Positional<unknown>[], R, K extends Keywords> {
  readonly name: string;
  readonly doc: string;
  readonly since?: string;
  /** The same for the manual only: Meson does not tell who uses it too early. */
  readonly quietSince?: string;
  readonly deprecated?: Deprecation;
  readonly positional?: P;
  readonly rest?: Rest<R>;
  readonly keywords?: K;
  /** Takes keywords that are not declared, unchecked; only where Meson does. */
  readonly anyKeywords?: boolean;
  /** The manual's word for what comes back. */
  readonly returns: string;
  /** The name in messages, where it is not the function's name or the method's with its table's label. */
  readonly label?: string;
  /** The same where messages of positional arguments, or of its age, name it otherwise. */
  readonly otherLabels?: OtherLabels;
  /** Runs even when an argument is a disabler (`is_disabler`, `set_variable`, …). */
  readonly takesDisablers?: boolean;
  /** Lists among the positional arguments stay as they are (`foo([a])`); else they are flattened into the arguments. */
  readonly keepsLists?: boolean;
}

/** A declared function, its types erased: what tables hold and the interpreter calls. */
export interface Builtin {
  readonly name: string;
  readonly doc: string;
  readonly since?: string;
  readonly quietSince?: string;
  readonly deprecated?: Deprecation;
  readonly positional: readonly Positional<unknown>[];
  readonly rest: Rest<unknown> | undefined;
  readonly keywords: Readonly<Record<string, Keyword<unknown>>>;
  readonly anyKeywords: boolean;
  readonly returns: string;
  readonly label?: string;
  readonly otherLabels?: OtherLabels;
  readonly takesDisablers: boolean;
  readonly keepsLists: boolean;
  readonly run: (
    call: Call,
    args: BoundArguments<readonly unknown[], unknown, Readonly<Record<string, unknown>>>,
  ) => Value;
}

/** A declared method: a builtin that also gets the object it is called on. */
export interface Method extends Omit<Builtin, 'run'> {
  readonly run: (
    call: Call,
    self: never,
    args: BoundArguments<readonly unknown[], unknown, Readonly<Record<string, unknown>>>,
  ) => Value;
}

/**
 * Builtins are declared: one entry per function or method. The declaration checks calls, gives
 * `run` its types, warns of features newer than the project's `meson_version`, and prints the manual.
 *
 *     export const join = builtin({
 *       name: 'join_paths',
 *       doc: 'Joins path segments.',
 *       rest: atLeastOne('parts', str, 'Segments; an absolute one starts anew.'),
 *       returns: 'str',
 *       run: (_call, { rest }) => joinPaths(rest),
 *     });
 */
export function builtin<
  const P extends readonly Positional<unknown>[] = readonly [],
  R = never,
  K extends Keywords = Record<never, never>,
>(
  declaration: Declaration<P, R, K> & {
    readonly run: (
      call: Call,
      args: BoundArguments<PositionalValues<P>, R, KeywordValues<K>>,
    ) => Value;
  },
): Builtin {
  // The interpreter checks arguments against the declaration before it calls `run`.
  return { ...defaults, ...declaration } as Builtin;
}

/** Declares methods of one kind of value: `const method = methodOf<CompilerObject>()`. */
export function methodOf<Self>() {
  return <
    const P extends readonly Positional<unknown>[] = readonly [],
    R = never,
    K extends Keywords = Record<never, never>,
  >(
    declaration: Declaration<P, R, K> & {
      readonly run: (
        call: Call,
        self: Self,
        args: BoundArguments<PositionalValues<P>, R, KeywordValues<K>>,
      ) => Value;
    },
  ): Method => ({ ...defaults, ...declaration }) as Method; // checked as in `builtin`
}

const defaults = {
  positional: [],
  rest: undefined,
  keywords: {},
  anyKeywords: false,
  takesDisablers: false,
  keepsLists: false,
} as const;

/** The methods of one type of object, with the line that the manual prints of it. */
export interface MethodTable {
  readonly type: ObjectType | 'str' | 'int' | 'bool' | 'list' | 'dict';
  readonly doc: string;
  readonly methods: readonly Method[];
  /** What messages put before a method's name (`str.format`); nothing when absent. */
  readonly label?: string;
  /** How messages show the object; `<Type>` when absent. */
  readonly describe?: (self: never, evaluation: Evaluation) => string;
  /** `object[index]`, where the object has it. */
  readonly index?: (call: Call, self: never, index: Value) => Value;
  /** What `foreach` goes through, where the object can be gone through. */
  readonly items?: (self: never) => Iterable<Value>;
}

/** A positional argument that must be given. */
export function positional<T>(
  name: string,
  type: ArgumentType<T>,
  doc: string,
): Positional<T, false> {
  return { name, type, doc, optional: false };
}

/** A positional argument that may be left out: `run` gets undefined then. */
export function optional<T>(name: string, type: ArgumentType<T>, doc: string): Positional<T, true> {
  return { name, type, doc, optional: true };
}

/** Any number of further arguments. */
export function rest<T>(name: string, type: ArgumentType<T>, doc: string): Rest<T> {
  return { name, type, doc, min: 0 };
}

/** One further argument or more. */
export function atLeastOne<T>(name: string, type: ArgumentType<T>, doc: string): Rest<T> {
  return { name, type, doc, min: 1 };
}

type KeywordDetails<T> = Partial<Omit<Keyword<T>, 'type' | 'doc' | 'default' | 'required'>>;

// biome-ignore-start lint/complexity/useMaxParams: a declaration is read as a row of a table; half of the rows end with the doc.
/** A keyword with a default; `undefined` stands for "not given". */
export function keyword<T>(
  type: ArgumentType<T>,
  fallback: undefined,
  doc: string,
  more?: KeywordDetails<T>,
): Keyword<T | undefined>;
export function keyword<T>(
  type: ArgumentType<T>,
  fallback: NoInfer<T>,
  doc: string,
  more?: KeywordDetails<T>,
): Keyword<T>;
export function keyword<T>(
  type: ArgumentType<T>,
  fallback: T,
  doc: string,
  more: KeywordDetails<T> = {},
): Keyword<T> {
  return { type, doc, default: fallback, required: false, ...more };
}
// biome-ignore-end lint/complexity/useMaxParams: as above.

/** A keyword without which a call is an error. */
export function requiredKeyword<T>(
  type: ArgumentType<T>,
  doc: string,
  more: KeywordDetails<T> = {},
): Keyword<T> {
  // The default is never read: a call without the keyword does not reach `run`.
  return { type, doc, default: undefined as T, required: true, ...more };
}

/** An object that `import('…')` gives. One file and one line in `modules/table.ts`. */
export interface Module {
  readonly name: string;
  /** What Meson's messages call it, where that is not its name. */
  readonly title?: string;
  readonly doc: string;
  readonly since?: string;
  readonly deprecated?: Deprecation;
  /** May change or vanish: `import` warns. */
  readonly unstable?: boolean;
  /** Since when it is no longer unstable. */
  readonly stabilized?: string;
  readonly functions: readonly Builtin[];
  /** State of the module in one build, made at first import. */
  readonly object?: (call: Call) => ObjectValue;
}
