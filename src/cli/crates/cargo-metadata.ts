import { err, ok, type Result } from '../../base/result.ts';
import { type CargoMetadata, parseCargoMetadata } from '../../cargo/cargo-metadata.ts';
import type { RunCargo } from './run-cargo.ts';

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
  const told = parseCargoMetadata(said.value.stdout);
  return told === undefined ? err('cargo metadata did not print JSON') : ok(told);
}
