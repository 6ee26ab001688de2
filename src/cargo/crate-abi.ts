import { err, ok, type Result } from '../base/result.ts';
import type { Manifest } from './manifest/manifest.ts';
import { apiOf } from './requirement.ts';

/** Which machine a crate is built for. Without a cross compiler everything is for the host. */
export type CrateMachine = 'build' | 'host';

export type CrateAbi = 'rust' | 'c' | 'proc-macro';

/** What a library can be linked as. */
export function supportedAbis({ library }: Manifest): readonly CrateAbi[] {
  const types = new Set<string>(library?.crateTypes ?? []);
  const abis: CrateAbi[] = [];
  if (['lib', 'rlib', 'dylib'].some((type) => types.has(type))) abis.push('rust');
  if (['staticlib', 'cdylib'].some((type) => types.has(type))) abis.push('c');
  if (types.has('proc-macro')) abis.push('proc-macro');
  return abis;
}

/** The ABI that was asked for, or the only one there is. */
export function chosenAbi(
  manifest: Manifest,
  asked: CrateAbi | undefined,
): Result<CrateAbi, string> {
  const abis = supportedAbis(manifest);
  const { name } = manifest.package;
  const [first] = abis;
  if (asked === undefined && abis.length > 1)
    return err(`Package ${name} support more than one ABI`);
  const abi = asked ?? first;
  if (abi === undefined) return err('no [lib] section in Cargo package');
  return abis.includes(abi) ? ok(abi) : err(`Package ${name} does not support ABI ${abi}`);
}

/** Whether a package makes a shared library for an ABI. */
export function hasShared({ library }: Manifest, abi: CrateAbi): boolean {
  if (abi === 'proc-macro') return true;
  return library?.crateTypes.includes(abi === 'c' ? 'cdylib' : 'dylib') === true;
}

/** Whether a package makes a static library for an ABI. */
export function hasStatic({ library }: Manifest, abi: CrateAbi): boolean {
  if (abi === 'proc-macro') return false;
  const types = abi === 'c' ? (['staticlib'] as const) : (['lib', 'rlib'] as const);
  return types.some((type) => library?.crateTypes.includes(type));
}

/** The name that `dependency()` knows a crate by: `syn-2-rs`, or `foo-1` for its C ABI. */
export function dependencyName(crate: string, version: string, abi: CrateAbi = 'rust'): string {
  const api = apiOf(`=${version}`);
  return abi === 'c' ? `${crate}-${api}` : `${crate.replace(/(.)-rs$/, '$1')}-${api}-rs`;
}

/**
 * The target's name. The API version keeps two versions of a crate apart; what follows the first
 * `+` is no part of the crate's name.
 */
export function libraryName(
  { package: { name, version } }: Manifest,
  machine: CrateMachine,
  abi: CrateAbi,
): string {
  const plain = name.replaceAll('-', '_');
  if (abi === 'c') return plain;
  const api = apiOf(`=${version}`).replaceAll('.', '_');
  return `${plain}+${api}${machine === 'build' ? '+build' : ''}`;
}
