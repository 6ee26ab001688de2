import type { Files } from '../../host/host.ts';
import type { CrateTarget, CrateType, LibraryTarget, Manifest, PackageFields } from './manifest.ts';
import type { Table, TableReader } from './toml.ts';

interface Search {
  readonly read: TableReader;
  readonly toml: Table;
  /** The `[package]` table. */
  readonly raw: Table;
  readonly fields: PackageFields;
  readonly place: { readonly files: Files; readonly folder: string };
}

type Targets = Pick<
  Manifest,
  | 'library'
  | 'binaries'
  | 'tests'
  | 'examples'
  | 'benches'
  | 'missing'
  | 'overlooked'
  | 'buildScript'
>;

/** The targets that a manifest declares and those that lie where Cargo looks for them. */
export function findTargets(search: Search): Targets {
  const { raw, fields, place } = search;
  const { files, folder } = place;
  const hasMain = files.isFile(`${folder}/src/main.rs`);
  const main = hasMain ? [{ name: fields.name, path: 'src/main.rs' }] : [];
  const build = raw['build'];
  const found = (kind: FoundKind) => [
    ...(kind === 'bin' ? main : []),
    ...sourcesIn(search, usualFolders[kind]),
  ];
  const binaries = targetsOf(search, 'bin', found('bin'));
  return {
    library: library(search),
    binaries: new Map(binaries.map((target) => [target.name, target])),
    tests: targetsOf(search, 'test', found('test')),
    examples: targetsOf(search, 'example', found('example')),
    benches: targetsOf(search, 'bench', found('bench')),
    missing: kinds.flatMap((kind) => missingOf(search, kind)),
    overlooked: kinds.flatMap((kind) => overlookedOf(search, kind, found(kind))),
    buildScript:
      typeof build === 'string'
        ? build
        : build === true || (build !== false && files.isFile(`${folder}/build.rs`))
          ? 'build.rs'
          : undefined,
  };
}

interface Named {
  readonly name: string;
  readonly path: string;
}

/** `FOLDER/*.rs` and `FOLDER/NAME/main.rs`. */
function sourcesIn({ place: { files, folder } }: Search, below: string): Named[] {
  const listed = files.list(`${folder}/${below}`);
  const names = (listed.ok ? listed.value : []).filter((entry) => !entry.startsWith('.'));
  return names.flatMap((entry) => {
    const path = `${below}/${entry}`;
    if (entry.endsWith('.rs') && files.isFile(`${folder}/${path}`))
      return [{ name: entry.slice(0, -3), path }];
    return files.isFile(`${folder}/${path}/main.rs`)
      ? [{ name: entry, path: `${path}/main.rs` }]
      : [];
  });
}

/** Where Cargo looks for targets that are not declared. */
export const usualFolders = {
  bin: 'src/bin',
  test: 'tests',
  example: 'examples',
  bench: 'benches',
};

type FoundKind = keyof typeof usualFolders;

const kinds = Object.keys(usualFolders) as FoundKind[]; // its keys are known

/** Whether they are looked for at all is said of each kind. */
const autoKeys: Readonly<Record<FoundKind, string>> = {
  bin: 'autobins',
  test: 'autotests',
  example: 'autoexamples',
  bench: 'autobenches',
};

function targetsOf(search: Search, kind: FoundKind, discovered: readonly Named[]): CrateTarget[] {
  const { read, toml, raw, fields } = search;
  const declared = (read.tables(toml, kind) ?? []).map((table): CrateTarget => {
    const name = read.string(table, 'name') ?? fields.name;
    const path = read.string(table, 'path') ?? usualPath(search, { kind, name }, discovered);
    return { ...targetFields(search, table, kind), name, path };
  });
  const looks = read.boolean(raw, autoKeys[kind]) ?? !looksNoFurther(search, kind);
  const known = new Set(declared.flatMap(({ name, path }) => [name, path]));
  const found = (looks ? discovered : []).filter(
    ({ name, path }) => !known.has(name) && !known.has(path),
  );
  const twice = found.find(({ name }, at) => found.findIndex((other) => other.name === name) < at);
  if (twice !== undefined)
    read.complain(
      'package',
      `Binary target '${twice.name}' is defined more than once (${found.find(({ name }) => name === twice.name)?.path} and ${twice.path})`,
    );
  return [...declared, ...found.map((one) => ({ ...targetFields(search, {}, kind), ...one }))];
}

/** Edition 2015 stops looking around once targets of a kind are spoken of, be it as none. */
function looksNoFurther({ toml, fields }: Search, kind: FoundKind): boolean {
  return fields.edition === '2015' && toml[kind] !== undefined;
}

/** What later editions would find, where nobody said that it is not looked for. */
function overlookedOf(
  search: Search,
  kind: FoundKind,
  discovered: readonly Named[],
): Manifest['overlooked'] {
  const { read, toml, raw } = search;
  const key = autoKeys[kind];
  if (!looksNoFurther(search, kind) || read.boolean(raw, key) !== undefined) return [];
  const declared = (read.tables(toml, kind) ?? []).flatMap((table) => [
    read.string(table, 'name'),
    read.string(table, 'path'),
  ]);
  const paths = discovered
    .filter(({ name, path }) => !declared.includes(name) && !declared.includes(path))
    .map(({ path }) => path);
  return paths.length === 0 ? [] : [{ kind, key, paths }];
}

/** Those of a kind that are declared without a path and lie nowhere. */
function missingOf(search: Search, kind: FoundKind): Manifest['missing'] {
  const { read, toml, fields, place } = search;
  return (read.tables(toml, kind) ?? []).flatMap((table) => {
    const name = read.string(table, 'name');
    if (name === undefined || read.string(table, 'path') !== undefined) return [];
    const path = usualPath(search, { kind, name }, sourcesIn(search, usualFolders[kind]));
    // The oldest edition has more places to look at.
    const isOthers =
      kind === 'bin' && path === 'src/main.rs' && name !== fields.name && fields.edition !== '2015';
    return !isOthers && place.files.isFile(`${place.folder}/${path}`) ? [] : [{ kind, name }];
  });
}

function usualPath(
  search: Search,
  { kind, name }: { readonly kind: FoundKind; readonly name: string },
  discovered: readonly Named[],
): string {
  const {
    fields,
    place: { files, folder },
  } = search;
  const found = discovered.find((one) => one.name === name)?.path;
  if (found !== undefined) return found;
  const usual = `${usualFolders[kind]}/${name}.rs`;
  if (fields.edition === '2015') {
    const older = olderPaths(search, kind, name).find((path) => files.isFile(`${folder}/${path}`));
    if (older !== undefined) return older;
  }
  const isMain = kind === 'bin' && (name === fields.name || !files.isFile(`${folder}/${usual}`));
  return isMain ? 'src/main.rs' : usual;
}

/** Where the oldest edition looks as well. */
function olderPaths(
  { toml, place: { files, folder } }: Search,
  kind: FoundKind,
  name: string,
): readonly string[] {
  if (kind === 'bench') return name === 'bench' ? ['src/bench.rs'] : [];
  if (kind !== 'bin') return [];
  const hasLibrary = toml['lib'] !== undefined || files.isFile(`${folder}/src/lib.rs`);
  const own = hasLibrary ? [] : [`src/${name}.rs`];
  return [...own, 'src/main.rs', 'src/bin/main.rs'];
}

function targetFields(
  { read, fields }: Search,
  table: Table,
  kind: keyof typeof usualFolders | 'lib',
): Omit<CrateTarget, 'name' | 'path'> {
  const { doc } = table;
  return {
    edition: read.string(table, 'edition') ?? fields.edition,
    requiredFeatures: read.strings(table, 'required-features') ?? [],
    harness: read.boolean(table, 'harness') ?? true,
    test: read.boolean(table, 'test') ?? (kind !== 'example' && kind !== 'bench'),
    bench: read.boolean(table, 'bench') ?? (kind !== 'example' && kind !== 'test'),
    // A wrong one is refused in Cargo's words.
    doc: typeof doc === 'boolean' ? doc : kind === 'lib' || kind === 'bin',
    crateTypes: kind === 'example' ? typesOf(read, table, 'bin') : ['bin'],
  };
}

const crateTypes: readonly CrateType[] = [
  'bin',
  'lib',
  'rlib',
  'dylib',
  'cdylib',
  'staticlib',
  'proc-macro',
];

function typesOf(read: TableReader, table: Table, usual: CrateType): readonly CrateType[] {
  const said = read.strings(table, 'crate-type') ?? read.strings(table, 'crate_type') ?? [usual];
  return said.flatMap((type) => {
    const known = crateTypes.find((one) => one === type);
    if (known === undefined) read.complain('crate-type', `"${type}" is not a crate type`);
    return known === undefined ? [] : [known];
  });
}

function library(search: Search): LibraryTarget | undefined {
  const { read, toml, raw, fields, place } = search;
  const table = read.table(toml, 'lib');
  const looks = read.boolean(raw, 'autolib') ?? true;
  const isThere = looks && place.files.isFile(`${place.folder}/src/lib.rs`);
  if (table === undefined && !isThere) return undefined;
  const from = table ?? {};
  const isMacro = read.boolean(from, 'proc-macro') ?? read.boolean(from, 'proc_macro') ?? false;
  const name = read.string(from, 'name') ?? fields.name.replaceAll('-', '_');
  return {
    ...targetFields(search, from, 'lib'),
    name,
    path: read.string(from, 'path') ?? (isThere ? 'src/lib.rs' : oldestPath(search, name)),
    crateTypes: isMacro ? ['proc-macro'] : typesOf(read, from, 'lib'),
    doctest: read.boolean(from, 'doctest') ?? true,
  };
}

/** A library named after its package, as the oldest edition has it. */
function oldestPath({ fields, place: { files, folder } }: Search, name: string): string {
  const path = `src/${name}.rs`;
  return fields.edition === '2015' && files.isFile(`${folder}/${path}`) ? path : 'src/lib.rs';
}
