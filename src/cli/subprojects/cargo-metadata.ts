import { parseJson } from '../../base/parse-json.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { RunCargo } from './run-cargo.ts';

/** What `cargo metadata` says, as far as it is looked at here. */
export interface CargoMetadata {
  readonly packages: readonly MetadataPackage[];
  readonly workspace_members: readonly string[];
  /** Absent where only the members were asked for. */
  readonly resolve: { readonly nodes: readonly MetadataNode[] } | null;
}

export interface MetadataPackage {
  readonly name: string;
  readonly version: string;
  readonly id: string;
  readonly license: string | null;
  readonly source: string | null;
  readonly targets: readonly {
    readonly kind: readonly string[];
    readonly name: string;
    readonly src_path: string;
    readonly edition: string;
  }[];
  readonly manifest_path: string;
  readonly rust_version: string | null;
}

export interface MetadataNode {
  readonly id: string;
  readonly features: readonly string[];
  readonly deps: readonly {
    /** As the code calls it. */
    readonly name: string;
    readonly pkg: string;
    readonly dep_kinds: readonly { readonly kind: 'dev' | 'build' | null }[];
  }[];
}

/** The members of a workspace; needs neither lock nor network. */
export async function members(
  cargo: RunCargo,
  manifest: string,
): Promise<Result<CargoMetadata, string>> {
  return metadata(cargo, manifest, ['--no-deps', '--offline']);
}

/** All crates that this machine would build, with their features. Cargo fetches what it lacks. */
export async function resolvedHere(
  cargo: RunCargo,
  manifest: string,
): Promise<Result<CargoMetadata, string>> {
  const resolve = await resolverHere(cargo, manifest);
  return resolve.ok ? resolve.value([]) : resolve;
}

/** The same for who may ask more than once, in other words. */
export async function resolverHere(
  cargo: RunCargo,
  manifest: string,
): Promise<Result<(words: readonly string[]) => ReturnType<typeof metadata>, string>> {
  const version = await cargo(['-vV']);
  if (!version.ok) return version;
  const triple = /^host: (.*)$/m.exec(version.value.stdout)?.[1];
  const platform = triple === undefined ? [] : ['--filter-platform', triple];
  return ok((words) => metadata(cargo, manifest, [...platform, ...words]));
}

async function metadata(
  cargo: RunCargo,
  manifest: string,
  words: readonly string[],
): Promise<Result<CargoMetadata, string>> {
  const said = await cargo([
    'metadata',
    '--format-version=1',
    '--manifest-path',
    manifest,
    ...words,
  ]);
  if (!said.ok) return said;
  // The format is Cargo's promise.
  const told = parseJson(said.value.stdout) as CargoMetadata | undefined;
  return told === undefined ? err('cargo metadata did not print JSON') : ok(told);
}
