import { own } from '../base/own.ts';
import type { MethodTable } from '../eval/declare.ts';
import { methods } from '../eval/methods/table.ts';
import type { ObjectType } from '../eval/value.ts';

/** One kind of value, by the name of its methods' table (`str`, `Compiler`, …). */
export interface Type {
  readonly name: string;
  /** What a list or dictionary holds, where that is known. */
  readonly items?: Types;
  /** Of a module: its name, as `import` takes it. */
  readonly module?: string;
}

/** The kinds of value that something may be; undefined where it may be anything. */
export type Types = readonly Type[] | undefined;

const type = (name: string): Type => ({ name });

export const str: Types = [type('str')];
export const int: Types = [type('int')];
export const bool: Types = [type('bool')];

/** The type of a list of such items. */
export function listOf(items: Types): Types {
  return [items === undefined ? type('list') : { name: 'list', items }];
}

/** The type of a dictionary of such values. */
export function dictOf(items: Types): Types {
  return [items === undefined ? type('dict') : { name: 'dict', items }];
}

/** The type of `import(module)`. */
export function moduleType(module: string): Types {
  return [{ name: 'module', module }];
}

/** Either of two; anything, where one may be anything. */
export function union(left: Types, right: Types): Types {
  if (left === undefined || right === undefined) return undefined;
  return [...left, ...right.filter((each) => !left.some((other) => isSame(each, other)))];
}

function isSame(one: Type, other: Type): boolean {
  if (one.name !== other.name || one.module !== other.module) return false;
  return JSON.stringify(one.items) === JSON.stringify(other.items);
}

const libraries = ['StaticLibrary', 'SharedLibrary', 'SharedModule', 'BothLibraries'];

/** What the manual's words for values stand for. */
const words: Readonly<Record<string, readonly string[]>> = {
  str: ['str'],
  int: ['int'],
  bool: ['bool'],
  list: ['list'],
  dict: ['dict'],
  alias_tgt: ['AliasTarget'],
  both_libs: ['BothLibraries'],
  build_tgt: ['Executable', 'Jar', ...libraries],
  cfg_data: ['ConfigurationData'],
  compiler: ['Compiler'],
  custom_idx: ['CustomTargetIndex'],
  custom_tgt: ['CustomTarget'],
  dep: ['Dependency'],
  env: ['EnvironmentVariables'],
  exe: ['Executable'],
  external_program: ['ExternalProgram', 'Executable'],
  external_project: ['ExternalProject'],
  extracted_obj: ['ExtractedObjects'],
  feature: ['Feature'],
  file: ['File'],
  generated_list: ['GeneratedList'],
  generator: ['Generator'],
  inc: ['IncludeDirs'],
  jar: ['Jar'],
  lex_generator: ['LexGenerator'],
  lib: libraries,
  python_installation: ['PythonInstallation'],
  range: ['RangeHolder'],
  run_tgt: ['RunTarget'],
  runresult: ['RunProcess', 'RunResult'],
  rust_package: ['RustPackage'],
  rust_subproject: ['RustSubproject'],
  rust_workspace: ['RustWorkspace'],
  source_files: ['SourceFiles'],
  source_set: ['SourceSet'],
  structured_src: ['StructuredSources'],
  subproject: ['SubprojectHolder'],
  void: ['void'],
  yacc_generator: ['YaccGenerator'],
};

/** The types that a word of the manual names: `array[str | file]`, `dep`. */
export function typesOfWords(text: string): Types {
  const alternatives = split(text.trim());
  return alternatives.map(ofWord).reduce(union, []);
}

function ofWord(word: string): Types {
  const [, holder, inner] = /^(array|list|dict)\[(.*)\]$/.exec(word) ?? [];
  if (holder !== undefined) {
    const items = typesOfWords(inner ?? '');
    return holder === 'dict' ? dictOf(items) : listOf(items);
  }
  return own(words, word)?.map(type);
}

/** At each `|` that stands in no brackets. */
function split(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '[') depth++;
    if (character === ']') depth--;
    if (character === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

const tables = new Map<string, MethodTable>(
  methods.map((table) => [typeof table.type === 'string' ? table.type : table.type.name, table]),
);

/** The tables with the methods of a type, its own first; none where it has no table. */
export function methodTables({ name }: Type): readonly MethodTable[] {
  const own = tables.get(name);
  if (own === undefined) return [];
  if (typeof own.type === 'string') return [own];
  return withBases(own.type).flatMap((each) => tables.get(each.name) ?? []);
}

function withBases(of: ObjectType): readonly ObjectType[] {
  return [of, ...of.extends.flatMap(withBases)];
}

/** A type as messages name it. */
export function typeText({ name, module }: Type): string {
  if (module !== undefined) return `module "${module}"`;
  return names.get(name) ?? name;
}

/** Types as messages name them. */
export function typesText(types: readonly Type[]): string {
  return [...new Set(types.map(typeText))].join(' | ');
}

/** The manual's word for a type, where one word means it alone or first. */
const names = new Map(
  Object.entries(words).flatMap(([word, all]) => all.map((each) => [each, word])),
);
