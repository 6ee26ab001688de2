import type { Builtin, Method, Module } from '../../src/eval/declare.ts';
import { functions } from '../../src/eval/functions/table.ts';
import { methods } from '../../src/eval/methods/table.ts';
import { modules } from '../../src/eval/modules/table.ts';
import type { ObjectType } from '../../src/eval/value.ts';

/** A keyword, in the words in which `meson-declarations.py` tells Meson's. */
export interface DeclaredKeyword {
  readonly types: readonly string[];
  readonly default: unknown;
  readonly required: boolean;
  readonly since: string | null;
  readonly deprecated: string | null;
  /** `value "x"`, `of type …` → since when. */
  readonly sinceValues: Readonly<Record<string, string>>;
  readonly deprecatedValues: Readonly<Record<string, string>>;
  readonly asDefault: readonly unknown[];
}

export interface Declared {
  readonly label: string;
  readonly positionalLabel: string;
  readonly featureLabel: string;
  readonly since: string | null;
  readonly deprecated: string | null;
  readonly positional: readonly (readonly string[])[];
  readonly optional: readonly (readonly string[])[];
  readonly rest: readonly string[] | null;
  readonly min: number;
  readonly keepsLists: boolean;
  readonly anyKeywords: boolean;
  readonly keywords: Readonly<Record<string, DeclaredKeyword>>;
}

export interface DeclaredModule {
  readonly since: string | null;
  readonly deprecated: string | null;
  readonly unstable: boolean;
  readonly stabilized: string | null;
  readonly functions: Readonly<Record<string, Declared>>;
}

export interface Declarations {
  readonly functions: Readonly<Record<string, Declared>>;
  readonly objects: Readonly<Record<string, Readonly<Record<string, Declared>>>>;
  readonly modules: Readonly<Record<string, DeclaredModule>>;
}

/** What kaon declares. */
export function kaonDeclarations(): Declarations {
  const types = new Map(methods.map(({ type }) => [nameOf(type), type]));
  return {
    functions: byName(functions, ''),
    objects: Object.fromEntries([...types].map(([name, type]) => [name, methodsOf(type)])),
    modules: Object.fromEntries(modules.map((module) => [module.name, declaredModule(module)])),
  };
}

function declaredModule(module: Module): DeclaredModule {
  return {
    since: module.since ?? null,
    deprecated: module.deprecated?.since ?? null,
    unstable: module.unstable === true && module.stabilized === undefined,
    stabilized: module.stabilized ?? null,
    functions: byName(module.functions, `${module.name}.`),
  };
}

function nameOf(type: ObjectType | string): string {
  return typeof type === 'string' ? type : type.name;
}

function methodsOf(type: ObjectType | string): Readonly<Record<string, Declared>> {
  const bases = typeof type === 'string' ? [] : type.extends;
  const own = methods
    .filter((table) => table.type === type)
    .map((table) => byName(table.methods, table.label === undefined ? '' : `${table.label}.`));
  return Object.assign({}, ...[...bases].reverse().map(methodsOf), ...own.reverse());
}

function byName(
  declared: readonly (Builtin | Method)[],
  prefix: string,
): Readonly<Record<string, Declared>> {
  return Object.fromEntries(declared.map((one) => [one.name, describe(one, prefix)]));
}

function describe(one: Builtin | Method, prefix: string): Declared {
  const label = one.label ?? prefix + one.name;
  const required = one.positional.filter(({ optional }) => !optional);
  const optional = one.positional.filter((each) => each.optional);
  return {
    label,
    positionalLabel: one.otherLabels?.positional ?? label,
    featureLabel: one.otherLabels?.feature ?? label,
    since: one.since ?? null,
    deprecated: one.deprecated?.since ?? null,
    positional: required.map(({ type }) => type.names),
    optional: optional.map(({ type }) => type.names),
    rest: one.rest?.type.names ?? null,
    min: one.rest?.min ?? 0,
    keepsLists: one.keepsLists,
    anyKeywords: one.anyKeywords,
    keywords: Object.fromEntries(
      Object.entries(one.keywords).map(([name, keyword]) => [name, describeKeyword(keyword)]),
    ),
  };
}

function describeKeyword(keyword: Builtin['keywords'][string]): DeclaredKeyword {
  const features = keyword.sinceValues ?? [];
  const versions = (which: 'since' | 'deprecated'): Readonly<Record<string, string>> =>
    Object.fromEntries(
      features.flatMap((feature) => {
        const since = which === 'since' ? feature.since : feature.deprecated?.since;
        return since === undefined ? [] : [[feature.feature.replace(/ in list$/, ''), since]];
      }),
    );
  return {
    types: keyword.type.names,
    default: keyword.default ?? null,
    required: keyword.required,
    since: keyword.since ?? null,
    deprecated: keyword.deprecated?.since ?? null,
    sinceValues: versions('since'),
    deprecatedValues: versions('deprecated'),
    asDefault: (keyword.asDefault ?? []).map(({ text }) => text),
  };
}
