import {
  type Dictionary,
  force,
  isA,
  isDictionary,
  isInteger,
  isList,
  type ObjectType,
  type ObjectValue,
  Pending,
  type Value,
} from './value.ts';

/** Said by a type's `read` of a value that it does not take. */
export const mismatch: unique symbol = Symbol('mismatch');

/** A type that arguments are declared with: it tests, converts, and names itself in messages. */
export interface ArgumentType<T> {
  /** As Meson's messages list it; several for a choice of types (`str`, `array[str]`). */
  readonly names: readonly string[];
  /** A lone value counts as a list of one: messages show it as one. */
  readonly listifies?: boolean;
  /** The value as the builtin gets it, or `mismatch`. */
  read(value: Value): T | typeof mismatch;
}

function primitive<T>(name: string, test: (value: Value) => value is Value & T): ArgumentType<T> {
  return {
    names: [name],
    read: (value) => {
      const known = force(value);
      return test(known) ? known : mismatch;
    },
  };
}

export const str = primitive('str', (value): value is string => typeof value === 'string');
/** An integer as a JavaScript number. Values beyond any list's length or time may be rounded. */
export const int: ArgumentType<number> = {
  names: ['int'],
  read: (value) => {
    const known = force(value);
    return isInteger(known) ? Number(known) : mismatch;
  },
};

/** A whole number of any size, as it is. */
export const exactInt = primitive('int', isInteger);

export const bool = primitive('bool', (value): value is boolean => typeof value === 'boolean');

/** A type that may also be left empty, as Meson's messages say it. */
export function orNothing<T>(type: ArgumentType<T>): ArgumentType<T> {
  return { ...type, names: [...type.names, 'NoneType'] };
}

/** Takes anything, pending values unforced. */
export const anything: ArgumentType<Value> = { names: ['any'], read: (value) => value };

/** An object of a type (or of one that extends it). */
export function object<Shape extends ObjectValue>(type: ObjectType<Shape>): ArgumentType<Shape> {
  return primitive(type.name, (value): value is Shape => isA(value, type));
}

/** The first of several types that takes the value. */
export function oneOf<T>(...types: readonly ArgumentType<T>[]): ArgumentType<T> {
  return {
    names: types.flatMap((type) => type.names),
    read: (value) => {
      for (const type of types) {
        const read = type.read(value);
        if (read !== mismatch) return read;
      }
      return mismatch;
    },
  };
}

/** The same type, with its names as Meson's messages list them. */
export function named<T>(type: ArgumentType<T>, ...names: readonly string[]): ArgumentType<T> {
  return { ...type, names };
}

/** A list, flattened as Meson flattens; a lone value counts as a list of one. */
export function listOf<T>(item: ArgumentType<T>): ArgumentType<readonly T[]> {
  return {
    ...strictList(item, (value) => (isList(value) ? value : [value])),
    listifies: true,
  };
}

/** A list that must be written as one. */
export function exactListOf<T>(item: ArgumentType<T>): ArgumentType<readonly T[]> {
  return strictList(item, (value) => (isList(value) ? value : undefined));
}

function strictList<T>(
  item: ArgumentType<T>,
  asList: (value: Value) => readonly Value[] | undefined,
): ArgumentType<readonly T[]> {
  return {
    names: [`array[${item.names.join(' | ')}]`],
    read: (value) => {
      const values = asList(force(value));
      if (values === undefined) return mismatch;
      const result: T[] = [];
      for (const one of flattened(values)) {
        const read = item.read(one);
        if (read === mismatch) return mismatch;
        result.push(read);
      }
      return result;
    },
  };
}

/** The values of lists within lists, in order; a check that will give a list is waited for. */
export function* flattened(values: readonly Value[]): Iterable<Value> {
  for (const given of values) {
    const value = given instanceof Pending && given.isList ? force(given) : given;
    if (isList(value)) yield* flattened(value);
    else yield value;
  }
}

/** A dictionary of whatever there is. */
export const dictionary: ArgumentType<Dictionary> = {
  names: ['dict'],
  read: (value) => {
    const known = force(value);
    return isDictionary(known) ? known : mismatch;
  },
};

/** A dictionary whose values are all of a type. */
export function dictOf<T>(item: ArgumentType<T>): ArgumentType<ReadonlyMap<string, T>> {
  return {
    names: [`dict[${item.names.join(' | ')}]`],
    read: (value) => {
      const known = force(value);
      if (!isDictionary(known)) return mismatch;
      const result = new Map<string, T>();
      for (const [key, one] of known) {
        const read = item.read(one);
        if (read === mismatch) return mismatch;
        result.set(key, read);
      }
      return result;
    },
  };
}

/** A check of a keyword: one of a few words, in Meson's message. */
export function oneOfWords(choices: readonly string[]): (value: string) => string | undefined {
  return (value) =>
    choices.includes(value)
      ? undefined
      : `must be one of ${[...choices].sort().join(', ')}, not ${value}`;
}
