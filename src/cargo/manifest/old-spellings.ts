import { isTable, type Table } from './toml.ts';

/** A key written with an underscore, as Cargo once took it. */
export interface OldSpelling {
  readonly old: string;
  readonly now: string;
  /** `own` package, as messages name it. */
  readonly where: string;
  /** Whether the newer spelling stands there, too, and counts. */
  readonly isRedundant: boolean;
}

const kinds = {
  lib: 'library',
  bin: 'binary',
  example: 'example',
  test: 'test',
  bench: 'benchmark',
};

const dependencyTables = ['dependencies', 'dev-dependencies', 'build-dependencies'];

/** The old spellings in the manifest of a package. */
export function oldSpellings(toml: Table): readonly OldSpelling[] {
  const fields = isTable(toml['package']) ? toml['package'] : {};
  const name = String(fields['name'] ?? '');
  const platforms = Object.entries(isTable(toml['target']) ? toml['target'] : {});
  return [
    ...Object.entries(kinds).flatMap(([kind, human]) =>
      listOf(toml[kind]).flatMap((table) =>
        oldIn(table, ['crate-type', 'proc-macro'], {
          name: String(table['name'] ?? name.replaceAll('-', '_')),
          what: `${human} target`,
        }),
      ),
    ),
    ...ofTables(toml, { name, what: 'package' }),
    ...platforms.flatMap(([key, table]) =>
      isTable(table) ? ofTables(table, { name: key, what: 'platform target' }) : [],
    ),
  ];
}

interface Owner {
  readonly name: string;
  readonly what: string;
}

/** Tables of dependencies, and what stands in them. */
function ofTables(toml: Table, owner: Owner): readonly OldSpelling[] {
  const lines = dependencyTables
    .flatMap((name) => [toml[name], toml[name.replace('-', '_')]])
    .flatMap((table) => Object.entries(isTable(table) ? table : {}));
  return [
    ...lines.flatMap(([key, value]) =>
      isTable(value) ? oldIn(value, ['default-features'], { name: key, what: 'dependency' }) : [],
    ),
    ...oldIn(toml, ['dev-dependencies', 'build-dependencies'], owner),
  ];
}

function oldIn(
  table: Table,
  keys: readonly string[],
  { name, what }: Owner,
): readonly OldSpelling[] {
  return keys.flatMap((now) => {
    const old = now.replace('-', '_');
    if (table[old] === undefined) return [];
    return [{ old, now, where: `\`${name}\` ${what}`, isRedundant: table[now] !== undefined }];
  });
}

function listOf(value: unknown): readonly Table[] {
  return (Array.isArray(value) ? value : [value]).filter(isTable);
}
