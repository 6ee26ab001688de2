import type { Builtin, Method, Module } from '../../eval/declare.ts';
import { methods } from '../../eval/methods/table.ts';
import { modules } from '../../eval/modules/table.ts';
import type { ObjectType } from '../../eval/value.ts';

import { referenceName } from './reference-name.ts';

export type Declared = Builtin | Method;

/** What has functions of its own: a module, or a type of values. */
export interface Owner {
  /** As build files and Meson's reference call it. */
  readonly name: string;
  readonly doc: string;
  readonly members: readonly Declared[];
  readonly module: Module | undefined;
  /** Names of types whose methods it has as well. */
  readonly bases: readonly string[];
}

export const owners: readonly Owner[] = [
  ...modules.map((module) => ({
    name: module.name,
    doc: module.doc,
    members: module.functions,
    module,
    bases: [],
  })),
  ...types(),
];

function types(): readonly Owner[] {
  const tables = methods.filter((table) => table.methods.length > 0);
  return tables.map(({ type, doc, methods: members }) => ({
    name: referenceName(typeof type === 'string' ? type : type.name),
    doc,
    members,
    module: undefined,
    bases: typeof type === 'string' ? [] : basesOf(type).map((one) => referenceName(one.name)),
  }));
}

function basesOf(type: ObjectType): readonly ObjectType[] {
  return type.extends.flatMap((base) => [base, ...basesOf(base)]);
}

/** Further names that people ask by: variables that are there in build files, and words of theirs. */
const otherNames: Readonly<Record<string, string>> = {
  array: 'list',
  build_machine: 'machine',
  configuration_data: 'cfg_data',
  dependency: 'dep',
  environment: 'env',
  find_program: 'external_program',
  host_machine: 'machine',
  include_directories: 'inc',
  lib: 'build_tgt',
  exe: 'build_tgt',
  executable: 'build_tgt',
  jar: 'build_tgt',
  library: 'build_tgt',
  program: 'external_program',
  target_machine: 'machine',
  tgt: 'build_tgt',
};

/** The owners of a name, however its words are joined; those that are called just so come first. */
export function ownersNamed(asked: string): readonly Owner[] {
  const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
  const other = otherNames[asked.toLowerCase()];
  const wanted = [asked, referenceName(asked), ...(other === undefined ? [] : [other])];
  const exact = wanted.flatMap((name) => owners.filter((owner) => owner.name === name));
  const similar = owners.filter((owner) =>
    wanted.some((name) => plain(owner.name) === plain(name)),
  );
  return [...new Set([...exact, ...similar])];
}

export const ownerNames: readonly string[] = [
  ...owners.map(({ name }) => name),
  ...Object.keys(otherNames),
];
