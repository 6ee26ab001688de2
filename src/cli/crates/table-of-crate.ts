import { isTable, parseToml, type Table } from '../../cargo/manifest/toml.ts';

/**
 * Cargo's words for the table of a manifest that a crate stands in: none for `[dependencies]`, and where
 * no table has it, so that Cargo tells so.
 */
export function tableOfCrate(text: string, crate: string): readonly string[] {
  const manifest = parseToml({ path: 'Cargo.toml', text });
  if (!manifest.ok) return [];
  const targets = Object.entries(tableOf(manifest.value['target'])).map(
    ([key, table]) => [['--target', key], tableOf(table)] as const,
  );
  const places: readonly (readonly [readonly string[], Table])[] = [
    [[], manifest.value],
    ...targets,
  ];
  for (const [words, tables] of places)
    for (const [name, kind] of kinds)
      if (crate in tableOf(tables[name])) return [...kind, ...words];
  return [];
}

const kinds = [
  ['dependencies', []],
  ['build-dependencies', ['--build']],
  ['dev-dependencies', ['--dev']],
] as const;

function tableOf(value: unknown): Table {
  return isTable(value) ? value : {};
}
