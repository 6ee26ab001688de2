import { pythonRepr } from '../../base/python-repr.ts';
import type { Evaluation } from '../evaluation.ts';
import { fileType, writtenPath } from '../objects/file.ts';
import {
  force,
  isA,
  isDictionary,
  isInteger,
  isList,
  type ObjectType,
  type ObjectValue,
  type Value,
} from '../value.ts';
import { builtinsOf } from './builtins.ts';

/** Meson's (Python's) name for the type of a value, as argument messages say it. */
export function typeName(value: Value): string {
  const known = force(value);
  if (known === undefined) return 'NoneType';
  if (typeof known === 'string') return 'str';
  if (isInteger(known)) return 'int';
  if (typeof known === 'boolean') return 'bool';
  if (isList(known)) return 'list';
  if (isDictionary(known)) return 'dict';
  return known.type.name;
}

/** The same for operators: lists are arrays there. */
export function operandName(value: Value): string {
  const name = typeName(value);
  return name === 'list' ? 'array' : name;
}

/** `array[int | str]`, `dict[str]`, `str`: a keyword's value in messages. */
export function describeType(value: Value): string {
  const known = force(value);
  const inner = (values: Iterable<Value>): string =>
    [...new Set([...values].map(typeName))].sort().join(' | ');
  if (isList(known)) return `array[${inner(known)}]`;
  if (isDictionary(known)) return `dict[${inner(known.values())}]`;
  return typeName(known);
}

/** A value as Python's `str()` shows it. */
export function showValue(evaluation: Evaluation, value: Value): string {
  const known = force(value);
  if (isA(known, fileType)) return writtenPath(known);
  return typeof known === 'string' ? known : reprValue(evaluation, known);
}

/** A value as Python's `repr()` shows it. */
export function reprValue(evaluation: Evaluation, value: Value): string {
  return reprWith(value, (known) => {
    // A table describes the objects of its own type.
    const tables = builtinsOf(evaluation).methods;
    const describe =
      tables.find(({ type }) => type === known.type)?.describe ??
      tables.find(
        ({ type, describe }) =>
          describe !== undefined && typeof type === 'object' && isA(known, type),
      )?.describe;
    return describe === undefined ? `<${known.type.name}>` : describe(known as never, evaluation);
  });
}

/** The same, where the caller shows objects. */
export function reprWith(value: Value, object: (known: ObjectValue) => string): string {
  const known = force(value);
  if (known === undefined) return 'None';
  if (typeof known === 'string') return pythonRepr(known);
  if (isInteger(known)) return String(known);
  if (typeof known === 'boolean') return known ? 'True' : 'False';
  if (isList(known)) return `[${known.map((item) => reprWith(item, object)).join(', ')}]`;
  if (!isDictionary(known)) return object(known);
  const entries = [...known].map(([key, item]) => `${pythonRepr(key)}: ${reprWith(item, object)}`);
  return `{${entries.join(', ')}}`;
}

const holders: Readonly<Record<string, string>> = {
  str: 'StringHolder',
  int: 'IntegerHolder',
  bool: 'BooleanHolder',
  list: 'ArrayHolder',
  dict: 'DictHolder',
  Feature: 'FeatureOptionHolder',
  Compiler: 'CompilerHolder',
  ConfigurationData: 'ConfigurationDataHolder',
  Dependency: 'DependencyHolder',
  ExternalProgram: 'ProgramHolder',
  InternalDependency: 'DependencyHolder',
  MachineInfo: 'MachineHolder',
  RunResult: 'TryRunResultHolder',
};

/** The object and its class as "Unknown method" and unsupported operators show them. */
export function showHolder(
  evaluation: Evaluation,
  value: Value,
): { readonly text: string; readonly type: string } {
  const name = typeName(value);
  const holder = holders[name];
  const repr = reprValue(evaluation, value);
  if (holder !== undefined) {
    // Several classes of Meson's are one type here: how the object shows itself tells which.
    const held = /^<(\w+)/.exec(repr)?.[1] ?? name;
    const type = held === 'ExternalLibrary' ? 'ExternalLibraryHolder' : holder;
    return { text: `<[${type}] holds [${held}]: ${repr}>`, type };
  }
  if (ownClasses.has(name)) {
    const text = `<mesonbuild.interpreter.${ownClasses.get(name)}.${name} object at 0x7f0000000000>`;
    return { text, type: name };
  }
  const type = `${name}Holder`;
  const described = repr.startsWith(`<${type}`) || !repr.startsWith('<');
  return { text: described ? repr : `<[${type}] holds [${name}]: ${repr}>`, type };
}

/** Objects that Meson does not wrap: their class, and the file it stands in. */
const ownClasses: ReadonlyMap<ObjectType['name'], string> = new Map([
  ['MesonMain', 'mesonmain'],
  ['RangeHolder', 'primitives.range'],
  ['RunProcess', 'interpreterobjects'],
  ['SubprojectHolder', 'interpreterobjects'],
]);
